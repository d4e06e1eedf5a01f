import { Button, Drawer } from '@mantine/core'
import type { BacklogTask } from '@sre-toolbox/contract/codex/backlog'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { CopyText } from '../../components/CopyText.tsx'
import { MarkdownText } from '../../components/markdown/MarkdownText.tsx'
import { Empty } from '../../components/states.tsx'
import { Claim } from './Claim.tsx'
import { ClaimTask } from './ClaimTask.tsx'
import { TaskForm } from './TaskForm.tsx'
import { PriorityMark, TaskStatusMark } from './TaskMarks.tsx'
import { TaskMenu } from './TaskMenu.tsx'
import type { Edits } from './use-edits.ts'
import { useFocusBack } from './use-focus-back.ts'
import type { TaskActions } from './use-task-actions.ts'
import { WhyItWaits } from './WhyItWaits.tsx'

/** One task with all that is known of it. */
export function TaskDrawer(props: {
  address: string
  task: BacklogTask | undefined
  waits: readonly string[]
  addresses: readonly string[]
  edits: Edits
  actions: TaskActions | null
  onClose: () => void
}) {
  const { address, task, onClose } = props
  useFocusBack()
  return (
    <Drawer opened onClose={onClose} position="right" size={560} title={task?.title ?? address}>
      {task ? (
        <Detail {...props} task={task} />
      ) : (
        <Empty title={`There is no task ${address}`}>It was moved or taken off the backlog.</Empty>
      )}
    </Drawer>
  )
}

interface DetailProps {
  readonly task: BacklogTask
  readonly waits: readonly string[]
  readonly addresses: readonly string[]
  readonly edits: Edits
  readonly actions: TaskActions | null
}

function Detail({ task, waits, addresses, edits, actions }: DetailProps) {
  const [editing, setEditing] = useState(false)
  if (editing)
    return <TaskForm task={task} addresses={addresses} edits={edits} onClose={() => setEditing(false)} />
  return (
    <div className="stack">
      <div className="row wrap">
        <ClaimTask task={task} />
        {actions && (
          <>
            <Button variant="default" onClick={() => setEditing(true)}>
              Edit
            </Button>
            <TaskMenu task={task} actions={actions} />
          </>
        )}
      </div>
      <TaskFacts task={task} />
      {waits.length > 0 && <WhyItWaits waits={waits} />}
      {task.dependsOn.length > 0 && (
        <section aria-label="Depends on">
          <h2>Depends on</h2>
          <ul>
            {task.dependsOn.map((each) => (
              <li key={each} className="mono">
                {each}
              </li>
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
        <dt>Area</dt>
        <dd>
          <Link to={`/codex/workspaces/${workspaceId}?area=${encodeURIComponent(task.area)}`}>
            {task.area}
          </Link>
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
