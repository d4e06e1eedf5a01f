import { Button, MultiSelect, Select, Textarea, TextInput } from '@mantine/core'
import type { BacklogTask } from '@sre-toolbox/contract/codex/backlog'
import { taskPriorities, taskStatuses } from '@sre-toolbox/contract/codex/common'
import { type FormEvent, useEffect, useState } from 'react'
import { changesOf, fieldsOf, readBlockers, writeBlockers } from './edit-fields.ts'
import { priorityLooks, statusLooks } from './task-looks.ts'
import type { Edits } from './use-edits.ts'

const statuses = taskStatuses.map((status) => ({ value: status, label: statusLooks[status].word }))
const priorities = taskPriorities.map((priority) => ({
  value: priority,
  label: priorityLooks[priority].word,
}))

/** All fields of a task. What is sent says what each field was when the form was opened. */
export function TaskForm(props: {
  task: BacklogTask
  addresses: readonly string[]
  edits: Edits
  onClose: () => void
}) {
  const { addresses, edits, onClose } = props
  // The task may change behind the form: the edit stays one of what was seen.
  const [task] = useState(props.task)
  const [draft, setDraft] = useState(() => fieldsOf(task))
  const [blockers, setBlockers] = useState(() => writeBlockers(task.blockers))
  const typed = blockers === writeBlockers(task.blockers) ? task.blockers : readBlockers(blockers)
  const set = changesOf(task, {
    ...draft,
    title: draft.title?.trim(),
    notes: draft.notes?.trim() || null,
    blockers: typed,
  })
  const dependsOn = draft.dependsOn ?? []
  const choices = [...new Set([...dependsOn, ...addresses.filter((each) => each !== task.task)])]
  const changed = Object.keys(set).length > 0
  // Also when it was written after a conflict.
  const [before] = useState(edits.edit.submittedAt)
  const ownEdit = edits.edit.submittedAt !== before
  const written = ownEdit && edits.edit.isSuccess
  useEffect(() => {
    if (written) onClose()
  }, [written, onClose])
  function save(event: FormEvent) {
    event.preventDefault()
    if (!changed) return onClose()
    edits.edit.mutate({ task, set })
  }
  return (
    <form onSubmit={save} className="stack" aria-label="Edit the task">
      <TextInput
        label="Title"
        required
        maxLength={500}
        value={draft.title ?? ''}
        onChange={({ currentTarget }) => setDraft({ ...draft, title: currentTarget.value })}
        data-autofocus
      />
      <div className="task-form-row">
        <Select
          label="Status"
          allowDeselect={false}
          data={statuses}
          value={draft.status ?? null}
          onChange={(status) => status && setDraft({ ...draft, status })}
        />
        <Select
          label="Priority"
          placeholder="from its area"
          clearable
          data={priorities}
          value={draft.priority ?? null}
          onChange={(priority) => setDraft({ ...draft, priority })}
        />
      </div>
      <Textarea
        label="Notes"
        autosize
        minRows={3}
        maxRows={14}
        maxLength={10_000}
        value={draft.notes ?? ''}
        onChange={({ currentTarget }) => setDraft({ ...draft, notes: currentTarget.value })}
      />
      <Textarea
        label="Blockers"
        description="one a line; another task as task: area/id"
        autosize
        minRows={2}
        maxRows={8}
        value={blockers}
        onChange={({ currentTarget }) => setBlockers(currentTarget.value)}
      />
      <MultiSelect
        label="Depends on"
        description="it waits until these are done"
        searchable
        clearable
        data={choices}
        value={[...dependsOn]}
        onChange={(next) => setDraft({ ...draft, dependsOn: next })}
      />
      {ownEdit && edits.edit.error && !edits.conflict && (
        <p role="alert" className="form-error">
          {edits.edit.error.message}
        </p>
      )}
      <div className="row">
        <Button variant="default" className="push" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={edits.edit.isPending} disabled={!changed || !draft.title?.trim()}>
          Save
        </Button>
      </div>
    </form>
  )
}
