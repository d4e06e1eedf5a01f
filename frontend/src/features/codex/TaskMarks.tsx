import type { TaskPriority, TaskStatus } from '@sre-toolbox/contract/codex/common'
import { Mark } from '../../components/StatusMark.tsx'
import { priorityLooks, statusLooks } from './task-looks.ts'

export function TaskStatusMark({ status, alone }: { status: TaskStatus; alone?: boolean }) {
  return <Mark {...statusLooks[status]} alone={alone ?? false} />
}

const bars = [1, 2, 3, 4]

/** A priority as colour, height and word. */
export function PriorityMark({ priority, alone }: { priority: TaskPriority; alone?: boolean }) {
  const { word, tone, bars: filled } = priorityLooks[priority]
  return (
    <span className={`mark mark-${tone}`} title={alone ? `Priority ${word.toLowerCase()}` : undefined}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" className="priority-bars">
        {bars.map((bar) => (
          <rect
            key={bar}
            x={bar * 3.5 - 2.5}
            y={13 - bar * 2.5}
            width="2.5"
            height={bar * 2.5}
            rx="0.8"
            data-filled={bar <= filled}
          />
        ))}
      </svg>
      <span className={alone ? 'hidden-text' : undefined}>
        {alone && 'Priority '}
        {alone ? word.toLowerCase() : word}
      </span>
    </span>
  )
}
