import { Select, Textarea, TextInput } from '@mantine/core'
import { addArea, addTask } from '@sre-toolbox/contract/codex/backlog'
import { type TaskPriority, taskPriorities } from '@sre-toolbox/contract/codex/common'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useApp } from '../../lib/app-context.ts'
import type { Backlog } from './edit-fields.ts'
import { priorityLooks } from './task-looks.ts'

/** `Retry as a new job` → `retry-as-a-new-job`. */
const idFrom = (title: string) =>
  title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)

/** What the server takes as an id. */
const idShape = /^[a-z0-9][a-z0-9._-]{0,99}$/

/** Puts a task or an area on the backlog. */
export function AddToBacklog(props: {
  what: 'task' | 'area'
  backlog: Backlog
  area: string
  onClose: () => void
}) {
  const { what, backlog, onClose } = props
  const { api, queries } = useApp()
  const { workspaceId = '' } = useParams()
  const [title, setTitle] = useState('')
  const [id, setId] = useState<string | null>(null)
  const [area, setArea] = useState<string | null>(
    (backlog.areas.find((each) => each.id === props.area) ?? backlog.areas[0])?.id ?? null,
  )
  const [priority, setPriority] = useState<TaskPriority | null>(null)
  const [text, setText] = useState('')
  const own = id ?? idFrom(title)
  const add = useMutation({
    mutationFn: async () => {
      const given = { workspaceId, id: own, title: title.trim(), ...(priority && { priority }) }
      const words = text.trim()
      return what === 'area'
        ? api.call(addArea, { ...given, ...(words && { summary: words }) })
        : api.call(addTask, { ...given, area: area ?? '', ...(words && { notes: words }) })
    },
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: ['codex'] }),
  })
  return (
    <ConfirmDialog
      opened
      title={what === 'task' ? 'Add a task' : 'Add an area'}
      confirm={what === 'task' ? 'Add the task' : 'Add the area'}
      cancel="Cancel"
      busy={add.isPending}
      error={add.error}
      disabled={!title.trim() || !idShape.test(own) || (what === 'task' && !area)}
      onClose={onClose}
      onConfirm={() => add.mutate()}
    >
      <TextInput
        label="Title"
        required
        maxLength={500}
        value={title}
        onChange={({ currentTarget }) => setTitle(currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label="Id"
        description="how it is addressed; lowercase letters, digits, - _ and ."
        required
        spellCheck={false}
        error={own !== '' && !idShape.test(own) && 'only these, beginning with a letter or a digit'}
        value={own}
        onChange={({ currentTarget }) => {
          setId(currentTarget.value)
          add.reset()
        }}
      />
      <div className="task-form-row">
        {what === 'task' && (
          <Select
            label="Area"
            required
            searchable
            allowDeselect={false}
            data={backlog.areas.map((each) => ({ value: each.id, label: each.title }))}
            value={area}
            onChange={setArea}
          />
        )}
        <Select
          label="Priority"
          placeholder={what === 'task' ? 'from its area' : 'none'}
          clearable
          data={taskPriorities.map((each) => ({ value: each, label: priorityLooks[each].word }))}
          value={priority}
          onChange={setPriority}
        />
      </div>
      <Textarea
        label={what === 'task' ? 'Notes' : 'Summary'}
        autosize
        minRows={2}
        maxRows={10}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
    </ConfirmDialog>
  )
}
