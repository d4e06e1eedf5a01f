import { isTerminal, type JobStatus } from '@sre-toolbox/contract/jobs'
import type * as contract from '@sre-toolbox/contract/schedules'
import type { Requester } from '../jobs/index.ts'
import { toInstant } from '../kernel/clock.ts'
import { duesFrom } from './timing.ts'

/** Times are milliseconds since the epoch. */
export interface Schedule {
  readonly id: string
  readonly name: string
  readonly toolkit: string
  readonly operation: string
  /** As it was given; checked again each time it is due. */
  readonly input: unknown
  readonly timing: contract.Timing
  /** Where an interval is counted from. */
  readonly anchorAt: number
  readonly overlap: contract.Schedule['overlap']
  readonly missed: contract.Schedule['missed']
  readonly priority: number
  readonly runsAs: Requester
  readonly paused: { readonly at: number; readonly by: string; readonly reason: string | null } | null
  /** Null while it is paused, and when it is never due again. */
  readonly nextRunAt: number | null
  readonly lastRun: { readonly jobId: string; readonly dueAt: number } | null
  readonly lastMissed: Missed | null
  readonly createdAt: number
  readonly updatedAt: number
  readonly version: number
}

/** A due time at which no job was made. */
export interface Missed {
  readonly dueAt: number
  readonly kind: NonNullable<contract.Schedule['lastMissed']>['kind']
  readonly reason: string
}

/** A process that is busy or restarts is not yet an outage. */
const lateAfterMs = 60_000
const shownRuns = 5

/** Why a due time passes without a job although nobody refuses it; null when a job is to be made. */
export function passOver(
  { overlap, missed, lastRun }: Schedule,
  dueAt: number,
  now: number,
  /** Of the last job it made; null when that is not known any more. */
  former: JobStatus | null,
): Missed | null {
  if (missed === 'skip' && now - dueAt > lateAfterMs) {
    return {
      dueAt,
      kind: 'late',
      reason: `Nothing could run at the time; it was noticed at ${toInstant(now)}.`,
    }
  }
  if (overlap === 'skip' && lastRun && former && !isTerminal(former)) {
    return { dueAt, kind: 'overlap', reason: `The job before, ${lastRun.jobId}, was still ${former}.` }
  }
  return null
}

/** The same due time gives the same job, whoever makes it and however often. */
export function keyOf({ id }: Schedule, dueAt: number): string {
  return `schedule:${id}:${toInstant(dueAt)}`
}

export function toView(
  schedule: Schedule,
  facts: { readonly lastStatus: JobStatus | null; readonly held: boolean },
): contract.Schedule {
  const { id, name, toolkit, operation, timing, overlap, missed, priority, version } = schedule
  const { runsAs, paused, lastRun, lastMissed, nextRunAt } = schedule
  return {
    id,
    name,
    toolkit,
    operation,
    timing,
    overlap,
    missed,
    priority,
    state: stateOf(schedule, facts.held),
    paused: paused && { ...paused, at: toInstant(paused.at) },
    runsAs: { id: runsAs.id, name: runsAs.name, token: runsAs.token },
    nextRuns: duesFrom(timing, schedule.anchorAt, nextRunAt, shownRuns).map(toInstant),
    lastRun: lastRun && { jobId: lastRun.jobId, dueAt: toInstant(lastRun.dueAt), status: facts.lastStatus },
    lastMissed: lastMissed && { ...lastMissed, dueAt: toInstant(lastMissed.dueAt) },
    createdAt: toInstant(schedule.createdAt),
    updatedAt: toInstant(schedule.updatedAt),
    version,
  }
}

function stateOf({ paused, nextRunAt }: Schedule, held: boolean): contract.Schedule['state'] {
  if (paused) return 'paused'
  if (nextRunAt === null) return 'ended'
  return held ? 'held' : 'active'
}
