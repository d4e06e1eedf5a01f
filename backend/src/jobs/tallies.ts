import type { TerminalStatus } from '@sre-toolbox/contract/jobs'

/*
 * Jobs are counted as they end, in the same commit: since ever, by the hour and by the minute. What is asked about many
 * jobs is answered from these counts, so it costs the same however many jobs there are.
 */

export const minuteMs = 60_000
export const hourMs = 3_600_000
/** Of all jobs that are kept, without a time. */
export const sinceEver = 0
/** Counts older than this are dropped. */
export const keptMs: Readonly<Record<number, number>> = { [minuteMs]: 2 * hourMs, [hourMs]: 192 * hourMs }

export interface EndedJob {
  readonly toolkit: string
  readonly operation: string
  readonly status: string
  /** Milliseconds. */
  readonly startedAt: number | null
  readonly endedAt: number
}

export interface TallyKey {
  readonly span: number
  /** Start of the minute or hour. */
  readonly slot: number
  readonly toolkit: string
  readonly operation: string
  readonly status: string
  readonly bucket: number
}

/** Of jobs that did not end by themselves, the time says nothing. */
const untimed = -1
/** Four steps for each doubling: a percentile is at most 9 % off. */
const stepsPerDoubling = 4

export function bucketOf({ status, startedAt, endedAt }: EndedJob): number {
  if ((status !== 'succeeded' && status !== 'failed') || startedAt === null) return untimed
  return Math.floor(stepsPerDoubling * Math.log2(Math.max(1, endedAt - startedAt)))
}

/** Counts jobs, in the order of their keys: processes that count at once then wait for each other in one order. */
export function tallyOf(jobs: readonly EndedJob[]): (TallyKey & { readonly jobs: number })[] {
  const counted = new Map<string, TallyKey & { jobs: number }>()
  const add = (tally: TallyKey) => {
    const key = Object.values(tally).join(' ')
    const known = counted.get(key)
    if (known) known.jobs++
    else counted.set(key, { ...tally, jobs: 1 })
  }
  for (const job of jobs) {
    const { toolkit, operation, status, endedAt } = job
    add({ span: sinceEver, slot: 0, toolkit: '', operation: '', status, bucket: untimed })
    for (const span of [minuteMs, hourMs]) {
      add({ span, slot: endedAt - (endedAt % span), toolkit, operation, status, bucket: bucketOf(job) })
    }
  }
  return [...counted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tally]) => tally)
}

export interface BucketCount {
  readonly status: string
  readonly bucket: number
  readonly jobs: number
}

export interface EndedSummary extends Readonly<Record<TerminalStatus, number>> {
  readonly p50Ms: number | null
  readonly p95Ms: number | null
  readonly p99Ms: number | null
}

/** How many jobs ended how, and how long they ran. */
export function summarise(counts: readonly BucketCount[]): EndedSummary {
  const byStatus = { succeeded: 0, failed: 0, cancelled: 0, lost: 0 }
  const byBucket = new Map<number, number>()
  for (const { status, bucket, jobs } of counts) {
    byStatus[status as TerminalStatus] += jobs
    if (bucket !== untimed) byBucket.set(bucket, (byBucket.get(bucket) ?? 0) + jobs)
  }
  const sorted = [...byBucket].sort(([a], [b]) => a - b)
  return {
    ...byStatus,
    p50Ms: percentile(sorted, 50),
    p95Ms: percentile(sorted, 95),
    p99Ms: percentile(sorted, 99),
  }
}

/** The middle of the bucket in which the nearest rank lies. */
function percentile(sorted: readonly (readonly [bucket: number, jobs: number])[], percent: number) {
  const total = sorted.reduce((sum, [, jobs]) => sum + jobs, 0)
  let left = Math.max(1, Math.ceil((percent / 100) * total))
  for (const [bucket, jobs] of sorted) {
    left -= jobs
    if (left <= 0) return Number((2 ** ((bucket + 0.5) / stepsPerDoubling)).toPrecision(3))
  }
  return null
}
