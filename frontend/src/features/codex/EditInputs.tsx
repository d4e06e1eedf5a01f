import { Select, Textarea, TextInput } from '@mantine/core'
import { type TaskStatus, taskPriorities } from '@sre-toolbox/contract/codex/common'
import type { EditedFields } from './edit-fields.ts'
import { priorityLooks, statusLooks } from './task-looks.ts'

type Headline = Pick<EditedFields, 'title' | 'status' | 'priority'>

/** What tasks and areas both have: title, status and priority. */
export function HeadlineInputs(props: {
  draft: Headline
  statuses: readonly TaskStatus[]
  /** What is shown where there is none; a task always has a status. */
  noStatus?: string
  noPriority: string
  onChange: (changed: Headline) => void
}) {
  const { draft, statuses, noStatus, noPriority, onChange } = props
  return (
    <>
      <TextInput
        label="Title"
        required
        maxLength={500}
        value={draft.title ?? ''}
        onChange={({ currentTarget }) => onChange({ title: currentTarget.value })}
        data-autofocus
      />
      <div className="task-form-row">
        <Select
          label="Status"
          placeholder={noStatus}
          allowDeselect={false}
          clearable={noStatus !== undefined}
          data={statuses.map((status) => ({ value: status, label: statusLooks[status].word }))}
          value={draft.status ?? null}
          onChange={(status) => (status ?? noStatus) !== undefined && onChange({ status })}
        />
        <Select
          label="Priority"
          placeholder={noPriority}
          clearable
          data={taskPriorities.map((priority) => ({ value: priority, label: priorityLooks[priority].word }))}
          value={draft.priority ?? null}
          onChange={(priority) => onChange({ priority })}
        />
      </div>
    </>
  )
}

export function LongText(props: { label: string; value: string; onChange: (text: string) => void }) {
  const { label, value, onChange } = props
  return (
    <Textarea
      label={label}
      autosize
      minRows={3}
      maxRows={14}
      maxLength={10_000}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}

export function BlockersInput({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  return (
    <Textarea
      label="Blockers"
      description="one a line; another task as task: area/id"
      autosize
      minRows={2}
      maxRows={8}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
