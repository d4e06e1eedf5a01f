import type { BacklogTask } from '@sre-toolbox/contract/codex/backlog'
import { VirtualGrid } from '../../components/VirtualGrid.tsx'
import { Claim } from './Claim.tsx'
import { PriorityMark, TaskStatusMark } from './TaskMarks.tsx'
import { TaskMenu } from './TaskMenu.tsx'
import type { TaskActions } from './use-task-actions.ts'

const columns = [
  { title: 'Priority', className: 'task-priority' },
  { title: 'Task' },
  { title: 'Status' },
  { title: 'Held by', className: 'task-held' },
  { title: 'Waits for', className: 'task-why' },
  { title: 'Added', className: 'task-added' },
  { title: 'What can be done', head: <span className="hidden-text">What can be done</span> },
]

export function BacklogTable(props: {
  tasks: readonly BacklogTask[]
  reasons: ReadonlyMap<string, readonly string[]>
  actions: TaskActions | null
  onOpen: (task: string) => void
}) {
  const { tasks, reasons, actions, onOpen } = props
  return (
    <div className="card grid-card backlog-table">
      <VirtualGrid
        label="Tasks. Arrow keys move, Enter opens, Shift with J or K moves a task down or up."
        name="task"
        columns={columns}
        rows={tasks}
        rowHeights={[40, 64]}
        idOf={({ task }) => task}
        onOpen={({ task }) => onOpen(task)}
        onEnd={nothingMore}
        keys={(task) => ({
          ...(actions && {
            J: () => actions.step.take(task, 'down'),
            K: () => actions.step.take(task, 'up'),
          }),
        })}
        cells={(task) => (
          <Cells
            task={task}
            waits={reasons.get(task.task) ?? []}
            actions={actions}
            onOpen={() => onOpen(task.task)}
          />
        )}
      />
    </div>
  )
}

/** All of it is here already. */
const nothingMore = () => {}

function Cells(props: {
  task: BacklogTask
  waits: readonly string[]
  actions: TaskActions | null
  onOpen: () => void
}) {
  const { task, waits, actions, onOpen } = props
  return (
    <>
      <td className="task-priority">
        <PriorityMark priority={task.priority} />
      </td>
      <td className="task-name">
        <button type="button" className="task-title-button cut" tabIndex={-1} onClick={onOpen}>
          {task.title}
        </button>
        <span className="mono soft cut">{task.task}</span>
      </td>
      <td>
        <TaskStatusMark status={task.status} />
      </td>
      <td className="task-held">{task.claim && <Claim claim={task.claim} />}</td>
      <td className="task-why cut small" title={waits.join('\n')}>
        {waits.join(', ')}
      </td>
      <td className="task-added soft number">{task.added}</td>
      <td>{actions && <TaskMenu task={task} actions={actions} />}</td>
    </>
  )
}
