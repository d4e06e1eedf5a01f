import { ActionIcon, Menu } from '@mantine/core'
import type { BacklogTask } from '@sre-toolbox/contract/codex/backlog'
import { taskPriorities } from '@sre-toolbox/contract/codex/common'
import { ArrowDown, ArrowUp, Ellipsis } from 'lucide-react'
import { PriorityMark, TaskStatusMark } from './TaskMarks.tsx'
import type { TaskActions } from './use-task-actions.ts'

const statuses = ['backlog', 'in_progress'] as const

/** Everything that dragging does and more, by keyboard. */
export function TaskMenu({ task, actions }: { task: BacklogTask; actions: TaskActions }) {
  const { step, edit, open } = actions
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="sm" aria-label={`What can be done with ${task.title}`}>
          <Ellipsis size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<ArrowUp size={13} />}
          disabled={!step.may(task, 'up')}
          onClick={() => step.take(task, 'up')}
        >
          Move up
        </Menu.Item>
        <Menu.Item
          leftSection={<ArrowDown size={13} />}
          disabled={!step.may(task, 'down')}
          onClick={() => step.take(task, 'down')}
        >
          Move down
        </Menu.Item>
        <Menu.Item onClick={() => open('area', task)}>To another area…</Menu.Item>
        <Menu.Label>Status</Menu.Label>
        {statuses
          .filter((status) => status !== task.status)
          .map((status) => (
            <Menu.Item key={status} onClick={() => edit(task, { status })}>
              <TaskStatusMark status={status} />
            </Menu.Item>
          ))}
        {task.status !== 'done' && <Menu.Item onClick={() => open('done', task)}>Done…</Menu.Item>}
        <Menu.Item onClick={() => open('block', task)}>Held up by…</Menu.Item>
        {task.blockers.length > 0 && (
          <Menu.Item onClick={() => open('unblock', task)}>Held up no longer…</Menu.Item>
        )}
        <Menu.Label>Priority</Menu.Label>
        {taskPriorities
          .filter((priority) => priority !== task.priority)
          .map((priority) => (
            <Menu.Item key={priority} onClick={() => edit(task, { priority })}>
              <PriorityMark priority={priority} />
            </Menu.Item>
          ))}
        <Menu.Divider />
        <Menu.Item color="red" onClick={() => open('remove', task)}>
          Take off the backlog…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
