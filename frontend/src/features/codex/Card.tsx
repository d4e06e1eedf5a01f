import type { BacklogTask } from '@sre-toolbox/contract/codex/backlog'
import { GripVertical, Hourglass } from 'lucide-react'
import type { PointerEvent } from 'react'
import { Claim } from './Claim.tsx'
import { PriorityMark } from './TaskMarks.tsx'
import { TaskMenu } from './TaskMenu.tsx'
import type { TaskActions } from './use-task-actions.ts'

export function Card(props: {
  task: BacklogTask
  waits: readonly string[] | undefined
  actions: TaskActions | null
  dragged: boolean
  dropBefore: boolean
  onPress: ((event: PointerEvent) => void) | undefined
  onOpen: (task: string) => void
}) {
  const { task, waits, actions, dragged, dropBefore, onPress, onOpen } = props
  return (
    <li
      className="task-card"
      data-task={task.task}
      data-dragged={dragged}
      data-drop-before={dropBefore}
      onPointerDown={onPress}
    >
      <div className="task-card-head">
        <PriorityMark priority={task.priority} alone />
        <button type="button" className="task-card-title" onClick={() => onOpen(task.task)}>
          {task.title}
        </button>
        {actions && (
          <span className="task-card-tools">
            <span className="task-handle" data-handle aria-hidden="true">
              <GripVertical size={13} />
            </span>
            <TaskMenu task={task} actions={actions} />
          </span>
        )}
      </div>
      {task.claim && <Claim claim={task.claim} />}
      {waits && waits.length > 0 && <Waits reasons={waits} />}
      <p className="task-card-address mono">{task.task}</p>
    </li>
  )
}

/** Why a task waits: the first reason, and all of them when unfolded. */
function Waits({ reasons }: { reasons: readonly string[] }) {
  const [first, ...others] = reasons
  const line = (
    <>
      <Hourglass size={12} aria-hidden="true" />
      <span className="cut" title={reasons.join('\n')}>
        {first}
      </span>
      {others.length > 0 && <span className="number">+{others.length}</span>}
    </>
  )
  if (others.length === 0) return <p className="task-waits">{line}</p>
  return (
    <details className="task-waits-more">
      <summary className="task-waits">{line}</summary>
      <ul>
        {others.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </details>
  )
}
