import { Button, MultiSelect } from '@mantine/core'
import type { BacklogTask } from '@sre-toolbox/contract/codex/backlog'
import { taskStatuses } from '@sre-toolbox/contract/codex/common'
import { type FormEvent, useEffect, useState } from 'react'
import { BlockersInput, HeadlineInputs, LongText } from './EditInputs.tsx'
import { changesOf, fieldsOf, readBlockers, writeBlockers } from './edit-fields.ts'
import type { Edits } from './use-edits.ts'

/** Done takes more than its name: it has a form of its own. */
const statusesOf = ({ status: own }: BacklogTask) =>
  taskStatuses.filter((status) => status !== 'done' || own === 'done')

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
  const set = changesOf(fieldsOf(task), {
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
      <HeadlineInputs
        draft={draft}
        statuses={statusesOf(task)}
        noPriority="from its area"
        onChange={({ status, ...changed }) => setDraft({ ...draft, ...changed, ...(status && { status }) })}
      />
      <LongText label="Notes" value={draft.notes ?? ''} onChange={(notes) => setDraft({ ...draft, notes })} />
      <BlockersInput value={blockers} onChange={setBlockers} />
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
