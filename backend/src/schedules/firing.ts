import type { Clock } from '../kernel/clock.ts'
import { toInstant } from '../kernel/clock.ts'
import { toToolboxError } from '../kernel/errors.ts'
import type { EventBus } from '../kernel/event-bus.ts'
import type { Logger } from '../kernel/logger.ts'
import type { CallerFor, MadeJobs, Offers, Run, ScheduleStore, Settled } from './ports.ts'
import { keyOf, passOver, type Schedule } from './schedule.ts'
import { dueAfter } from './timing.ts'

export interface FiringDeps {
  readonly store: ScheduleStore
  readonly offers: Offers
  readonly jobs: MadeJobs
  readonly callerFor: CallerFor
  readonly run: Run
  /** Pauses as the product itself, so that the audit log says why. */
  readonly pause: (scheduleId: string, reason: string) => Promise<void>
  readonly events: EventBus
  readonly clock: Clock
  readonly logger: Logger
}

/** Longer than it takes to make a job, short enough that another process soon ends what one has left. */
const claimMs = 30_000
const atOnce = 200

/**
 * Makes the jobs that are due now. Several processes may do so at once, and any may die at any point: one gets the due
 * time, and the job's key finds the job that was made before its maker died.
 */
export function createFiring(deps: FiringDeps): () => Promise<void> {
  const { store, offers, jobs, events, clock, logger } = deps

  return async function fireDue() {
    for (;;) {
      const due = await store.due(clock.now(), offers.disabled(), atOnce)
      const settled = await Promise.all(due.map(fire))
      // What could not be settled stays claimed, so that the next look finds something else.
      if (due.length < atOnce || !settled.some(Boolean)) return
    }
  }

  async function fire({ id, nextRunAt: dueAt }: Schedule): Promise<boolean> {
    if (dueAt === null) return false
    try {
      const now = clock.now()
      const until = now + claimMs
      const schedule = await store.claim({ id, dueAt, now, until })
      if (!schedule) return false
      const outcome = await settle(schedule, dueAt, now)
      const nextRunAt = dueAfter(schedule.timing, schedule.anchorAt, Math.max(now, dueAt))
      await store.record({ id, dueAt, claimedUntil: until, nextRunAt, outcome })
      if ('kind' in outcome && outcome.kind === 'refused') await deps.pause(id, outcome.reason)
      events.publish('schedule', { scheduleId: id })
      return true
    } catch (error) {
      logger.error({ error, schedule: id }, 'a schedule that is due could not be run; it is tried again')
      return false
    }
  }

  async function settle(schedule: Schedule, dueAt: number, now: number): Promise<Settled['outcome']> {
    const key = keyOf(schedule, dueAt)
    const made = await jobs.findByIdempotencyKey(schedule.runsAs.id, key)
    if (made) return { jobId: made.id }
    const former = schedule.lastRun?.jobId
    const statuses = await jobs.statuses(former === undefined ? [] : [former])
    const passed = passOver(schedule, dueAt, now, statuses.get(former ?? '') ?? null)
    return passed ?? submit(schedule, dueAt, key)
  }

  async function submit(schedule: Schedule, dueAt: number, key: string): Promise<Settled['outcome']> {
    const { id, name, toolkit, operation, input, priority } = schedule
    try {
      const caller = await deps.callerFor(schedule.runsAs)
      const request = { caller, requestId: `schedule ${id}`, signal: new AbortController().signal }
      const { jobId } = await deps.run(`${toolkit}.${operation}`, input, request, {
        asJob: true,
        priority,
        idempotencyKey: key,
        scheduleId: id,
        reason: `Schedule "${name}", due ${toInstant(dueAt)}`,
      })
      if (jobId === null) throw new Error(`${toolkit}.${operation} made no job`)
      return { jobId }
    } catch (thrown) {
      const error = toToolboxError(thrown)
      // An outage passes, and so does a switch that was flipped this moment; all else would be refused again.
      if (error.fate !== 'user' || error.code === 'toolkit_disabled') throw thrown
      return { dueAt, kind: 'refused', reason: error.message }
    }
  }
}
