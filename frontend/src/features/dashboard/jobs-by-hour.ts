import type { JobSummary } from '@sre-toolbox/contract/jobs'

export interface HourOfJobs {
  /** When the hour began, in milliseconds since the epoch. */
  readonly from: number
  readonly succeeded: number
  readonly failed: number
  readonly cancelled: number
  readonly active: number
}

const hourMs = 3_600_000

/** Jobs by the hour they were asked for and by how they ended, oldest hour first; hours without jobs are there. */
export function jobsByHour(jobs: readonly JobSummary[], hours: number, now: number): HourOfJobs[] {
  const last = Math.floor(now / hourMs)
  const counts = Array.from({ length: hours }, () => ({ succeeded: 0, failed: 0, cancelled: 0, active: 0 }))
  for (const { createdAt, status } of jobs) {
    const hour = counts[hours - 1 - (last - Math.floor(Date.parse(createdAt) / hourMs))]
    if (!hour) continue
    if (status === 'succeeded' || status === 'cancelled') hour[status]++
    else if (status === 'failed' || status === 'lost') hour.failed++
    else hour.active++
  }
  return counts.map((count, index) => ({ from: (last - hours + 1 + index) * hourMs, ...count }))
}
