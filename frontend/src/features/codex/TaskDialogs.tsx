import { Select, Textarea } from '@mantine/core'
import { type BacklogTask, blockTask, removeTask, unblockTask } from '@sre-toolbox/contract/codex/backlog'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useApp } from '../../lib/app-context.ts'
import { CloseTask } from './CloseTask.tsx'
import type { Backlog } from './edit-fields.ts'
import type { Edits } from './use-edits.ts'
import type { TaskDialog } from './use-task-actions.ts'

interface Props {
  readonly task: BacklogTask
  readonly backlog: Backlog
  readonly edits: Edits
  readonly waits: readonly string[]
  readonly onClose: () => void
}

const dialogs = { area: ToArea, block: Block, unblock: Unblock, remove: Remove, done: CloseTask }

export function TaskDialogs({ kind, ...props }: Props & { kind: TaskDialog }) {
  const Dialog = dialogs[kind]
  return <Dialog {...props} />
}

/** A write to the task that is no edit of its fields. */
function useTaskCall(onClose: () => void, call: (at: { workspaceId: string }) => Promise<unknown>) {
  const { queries } = useApp()
  const { workspaceId = '' } = useParams()
  return useMutation({
    mutationFn: () => call({ workspaceId }),
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: ['codex'] }),
  })
}

function ToArea({ task, backlog, edits, onClose }: Props) {
  const [area, setArea] = useState<string | null>(null)
  return (
    <ConfirmDialog
      opened
      title={`Move ${task.title}`}
      confirm="Move it"
      busy={edits.move.isPending}
      error={null}
      disabled={area === null}
      onClose={onClose}
      onConfirm={() => {
        if (area) edits.move.mutate({ task, place: { toArea: area }, version: backlog.version })
        onClose()
      }}
    >
      <p>It goes to the end of the other area; what waits for it follows to its new address.</p>
      <Select
        label="Area"
        required
        searchable
        data={backlog.areas
          .filter(({ id }) => id !== task.area)
          .map(({ id, title }) => ({ value: id, label: title }))}
        value={area}
        onChange={setArea}
        data-autofocus
      />
    </ConfirmDialog>
  )
}

function Block({ task, backlog, onClose }: Props) {
  const { api } = useApp()
  const [words, setWords] = useState('')
  const [other, setOther] = useState<string | null>(null)
  const block = useTaskCall(onClose, (at) =>
    api.call(blockTask, {
      ...at,
      area: task.area,
      task: task.id,
      missing: other ? { task: other } : { text: words.trim() },
    }),
  )
  const others = backlog.areas.flatMap(({ tasks }) => tasks).filter((each) => each.task !== task.task)
  return (
    <ConfirmDialog
      opened
      title={`What holds up ${task.title}?`}
      confirm="Block it"
      cancel="Cancel"
      busy={block.isPending}
      error={block.error}
      disabled={!other && words.trim() === ''}
      onClose={onClose}
      onConfirm={() => block.mutate()}
    >
      <Textarea
        label="In words"
        disabled={other !== null}
        value={words}
        maxLength={2000}
        onChange={({ currentTarget }) => setWords(currentTarget.value)}
        data-autofocus
      />
      <Select
        label="Or another task"
        clearable
        searchable
        data={others.filter(({ status }) => status !== 'done').map((each) => each.task)}
        value={other}
        onChange={setOther}
      />
    </ConfirmDialog>
  )
}

function Unblock({ task, onClose }: Props) {
  const { api } = useApp()
  const [why, setWhy] = useState('')
  const unblock = useTaskCall(onClose, (at) =>
    api.call(unblockTask, { ...at, area: task.area, task: task.id, why: why.trim() }),
  )
  return (
    <ConfirmDialog
      opened
      title={`${task.title} is held up no longer`}
      confirm="Unblock it"
      cancel="Cancel"
      busy={unblock.isPending}
      error={unblock.error}
      disabled={why.trim() === ''}
      onClose={onClose}
      onConfirm={() => unblock.mutate()}
    >
      <Textarea
        label="Why"
        description="goes into the journal"
        required
        value={why}
        onChange={({ currentTarget }) => setWhy(currentTarget.value)}
        data-autofocus
      />
    </ConfirmDialog>
  )
}

function Remove({ task, backlog, onClose }: Props) {
  const { api } = useApp()
  const remove = useTaskCall(onClose, (at) =>
    api.call(removeTask, { ...at, area: task.area, task: task.id, ifVersion: backlog.version }),
  )
  return (
    <ConfirmDialog
      opened
      title={`Take ${task.title} off the backlog?`}
      confirm="Take it off"
      danger
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() => remove.mutate()}
    >
      <p>
        <code>{task.task}</code> goes from docs/TODO.yaml, with its notes. The journal keeps what was written
        about it; the task itself comes back only from git.
      </p>
    </ConfirmDialog>
  )
}
