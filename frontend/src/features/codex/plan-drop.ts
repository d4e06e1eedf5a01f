import type { BacklogTask } from '@sre-toolbox/contract/codex/backlog'
import { type TaskPriority, taskPriorities } from '@sre-toolbox/contract/codex/common'

/** What has to change in the file for a card to stand where it was dropped. */
export interface Drop {
  /** Null: as it is. */
  readonly priority: TaskPriority | null
  /** The task of its area that it is to stand before, `end` for none; null: where it is. */
  readonly before: { readonly id: string } | 'end' | null
}

const rankOf = ({ priority }: BacklogTask) => taskPriorities.indexOf(priority)

/**
 * `column` is in the order of the board: by priority, then as the file has it. A card takes the priority of where it
 * is put. Within one priority the file decides, area by area: among cards of other areas it keeps its place. Below all
 * cards of another column it is not put among them, so that it keeps both.
 */
export function planDrop(
  column: readonly BacklogTask[],
  task: BacklogTask,
  before: string | null,
  /** All tasks of the task's area, as the file has them. */
  area: readonly BacklogTask[],
): Drop {
  const others = column.filter((each) => each.task !== task.task)
  if (before === null && others.length === column.length) return { priority: null, before: null }
  const found = others.findIndex((each) => each.task === before)
  const at = found === -1 ? others.length : found
  const priority = priorityBetween(others[at - 1], others[at], task)
  const alike = (each: BacklogTask) => each.area === task.area && each.priority === priority
  return {
    priority: priority === task.priority ? null : priority,
    before: placeOf(others.slice(0, at).findLast(alike), others.slice(at).find(alike), task, area),
  }
}

function priorityBetween(above: BacklogTask | undefined, below: BacklogTask | undefined, task: BacklogTask) {
  if (below && rankOf(task) > rankOf(below)) return below.priority
  if (above && rankOf(task) < rankOf(above)) return above.priority
  return task.priority
}

function placeOf(
  above: BacklogTask | undefined,
  below: BacklogTask | undefined,
  task: BacklogTask,
  area: readonly BacklogTask[],
): Drop['before'] {
  if (!above && !below) return null
  const others = area.filter(({ id }) => id !== task.id)
  const after = (id: string) => others[others.findIndex((each) => each.id === id) + 1]?.id
  const wanted = below ? below.id : after(above?.id ?? '')
  const present = area[area.findIndex(({ id }) => id === task.id) + 1]?.id
  if (wanted === present) return null
  return wanted === undefined ? 'end' : { id: wanted }
}

/** Where a step up or down leads: before which card, null for the end; undefined when there is no further step. */
export function stepTo(
  column: readonly BacklogTask[],
  task: BacklogTask,
  step: 'up' | 'down',
): string | null | undefined {
  const run = column.filter(({ area, priority }) => area === task.area && priority === task.priority)
  const at = run.findIndex((each) => each.task === task.task)
  if (step === 'up') return run[at - 1]?.task
  if (at === -1 || at === run.length - 1) return undefined
  const beyond = run[at + 2]
  if (beyond) return beyond.task
  const last = column.findIndex((each) => each.task === run[at + 1]?.task)
  return column[last + 1]?.task ?? null
}
