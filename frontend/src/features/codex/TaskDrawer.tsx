import { Drawer } from '@mantine/core'
import type { BacklogTask } from '@sre-toolbox/contract/codex/backlog'
import { Link, useParams } from 'react-router'
import { CopyText } from '../../components/CopyText.tsx'
import { MarkdownText } from '../../components/markdown/MarkdownText.tsx'
import { Empty } from '../../components/states.tsx'
import { Claim } from './Claim.tsx'
import { PriorityMark, TaskStatusMark } from './TaskMarks.tsx'

/** One task with all that is known of it. */
export function TaskDrawer(props: {
  address: string
  task: BacklogTask | undefined
  waits: readonly string[]
  onClose: () => void
}) {
  const { address, task, waits, onClose } = props
  return (
    <Drawer opened onClose={onClose} position="right" size={560} title={task?.title ?? address}>
      {task ? (
        <Detail task={task} waits={waits} />
      ) : (
        <Empty title={`There is no task ${address}`}>It was moved or taken off the backlog.</Empty>
      )}
    </Drawer>
  )
}

function Detail({ task, waits }: { task: BacklogTask; waits: readonly string[] }) {
  return (
    <div className="stack">
      <TaskFacts task={task} />
      {waits.length > 0 && (
        <section className="task-waits-for" aria-label="Why it waits">
          <h2>Why it waits</h2>
          <ul>
            {waits.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </section>
      )}
      {task.notes && <MarkdownText text={task.notes} />}
    </div>
  )
}

function TaskFacts({ task }: { task: BacklogTask }) {
  const { workspaceId = '' } = useParams()
  return (
    <dl className="facts">
      <div>
        <dt>Address</dt>
        <dd>
          <CopyText text={task.task} what="address" />
          <span className="small soft">docs/TODO.yaml:{task.line}</span>
        </dd>
      </div>
      <div>
        <dt>Status</dt>
        <dd>
          <TaskStatusMark status={task.status} />
        </dd>
      </div>
      <div>
        <dt>Priority</dt>
        <dd className="row">
          <PriorityMark priority={task.priority} />
          {task.ownPriority === null && <span className="small soft">from its area</span>}
        </dd>
      </div>
      {task.claim && (
        <div>
          <dt>Held by</dt>
          <dd>
            <Claim claim={task.claim} />
          </dd>
        </div>
      )}
      {task.added && (
        <div>
          <dt>Added</dt>
          <dd className="number">{task.added}</dd>
        </div>
      )}
      <div>
        <dt>Journal</dt>
        <dd>
          <Link to={`/codex/workspaces/${workspaceId}/journal?task=${encodeURIComponent(task.task)}`}>
            What was written about it
          </Link>
        </dd>
      </div>
    </dl>
  )
}
