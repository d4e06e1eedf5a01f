import type { getHistory } from '@sre-toolbox/contract/codex/backlog'
import type { OutputOf } from '@sre-toolbox/contract/operation'

type Point = OutputOf<typeof getHistory>['points'][number]

export interface Day {
  /** YYYY-MM-DD in UTC. */
  readonly day: string
  readonly total: number
  readonly done: number
  readonly inProgress: number
  readonly blocked: number
}

const dayMs = 86_400_000
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** Every day from the first point on, at most so many; a day on which nothing changed is as the one before. */
export function dailyCounts(points: readonly Point[], days: number): Day[] {
  const last = points.at(-1)
  if (!points[0] || !last) return []
  const until = Date.parse(dayOf(Date.parse(last.at)))
  const from = Math.max(Date.parse(dayOf(Date.parse(points[0].at))), until - (days - 1) * dayMs)
  const counted: Day[] = []
  let index = 0
  for (let at = from; at <= until; at += dayMs) {
    while (Date.parse(points[index + 1]?.at ?? '') < at + dayMs) index += 1
    const { counts, total } = points[index] ?? last
    const { done, in_progress: inProgress, blocked } = counts
    counted.push({ day: dayOf(at), total, done, inProgress, blocked })
  }
  return counted
}
