import type { BacklogTask } from '@sre-toolbox/contract/codex/backlog'
import {
  type TaskPriority,
  type TaskStatus,
  taskPriorities,
  taskStatuses,
} from '@sre-toolbox/contract/codex/common'

/** What the backlog is narrowed to; lives in the URL, the same for every view of it. */
export interface BacklogFilter {
  readonly area: string
  readonly status: readonly TaskStatus[]
  readonly priority: readonly TaskPriority[]
  readonly q: string
  /** Tasks that something holds up, or those that nothing does. */
  readonly held: '' | 'yes' | 'no'
  readonly mine: boolean
}

export function readFilter(search: URLSearchParams): BacklogFilter {
  const list = (name: string) => (search.get(name) ?? '').split(',')
  const held = search.get('held')
  return {
    area: search.get('area') ?? '',
    status: taskStatuses.filter((status) => list('status').includes(status)),
    priority: taskPriorities.filter((priority) => list('priority').includes(priority)),
    q: search.get('q') ?? '',
    held: held === 'yes' || held === 'no' ? held : '',
    mine: search.get('mine') === 'yes',
  }
}

/** The address that shows this, with what else is in it. */
export function writeFilter(filter: BacklogFilter, search: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(search)
  const fields = { ...filter, mine: filter.mine ? 'yes' : '' }
  for (const [name, value] of Object.entries(fields)) {
    if (String(value) === '') next.delete(name)
    else next.set(name, String(value))
  }
  return next
}

export const isNarrowed = (filter: BacklogFilter): boolean =>
  writeFilter(filter, new URLSearchParams()).size > 0

/** Whether a task is among those asked for. `waits`: something holds it up. */
export function fits(
  task: BacklogTask,
  filter: BacklogFilter,
  context: { waits: boolean; username: string },
): boolean {
  const { area, status, priority, q, held, mine } = filter
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const text = `${task.task} ${task.title} ${task.notes}`.toLowerCase()
  return (
    (area === '' || task.area === area) &&
    (status.length === 0 || status.includes(task.status)) &&
    (priority.length === 0 || priority.includes(task.priority)) &&
    (held === '' || (held === 'yes') === context.waits) &&
    (!mine || task.claim?.actor === context.username) &&
    words.every((word) => text.includes(word))
  )
}
