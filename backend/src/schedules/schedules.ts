import { isDeepStrictEqual } from 'node:util'
import { id as idSchema } from '@sre-toolbox/contract/common'
import type { InputOf } from '@sre-toolbox/contract/operation'
import type * as contract from '@sre-toolbox/contract/schedules'
import { requesterOf } from '../jobs/index.ts'
import type { Caller } from '../kernel/caller.ts'
import { type Clock, toInstant } from '../kernel/clock.ts'
import { checkCursor } from '../kernel/cursor.ts'
import { ToolboxError } from '../kernel/errors.ts'
import type { EventBus } from '../kernel/event-bus.ts'
import type { Ids } from '../kernel/ids.ts'
import { validationFailed } from '../kernel/operation.ts'
import type { MadeJobs, Offers, ScheduleFilter, ScheduleStore } from './ports.ts'
import { type Schedule, toView } from './schedule.ts'
import { dueAfter, duesFrom, timingFaults } from './timing.ts'
import { vet } from './vet.ts'

export interface SchedulesDeps {
  readonly store: ScheduleStore
  readonly offers: Offers
  readonly jobs: Pick<MadeJobs, 'statuses'>
  readonly events: EventBus
  readonly clock: Clock
  readonly ids: Ids
}

type Definition = InputOf<typeof contract.createSchedule>

export interface Schedules {
  list(
    filter: ScheduleFilter,
    page: { cursor: string | undefined; limit: number },
  ): Promise<{ items: contract.Schedule[]; nextCursor: string | null }>
  get(id: string): Promise<contract.ScheduleDetail>
  preview(timing: contract.Timing): { nextRuns: string[] }
  create(caller: Caller, definition: Definition): Promise<contract.ScheduleDetail>
  update(
    caller: Caller,
    id: string,
    definition: Definition,
    ifMatch: string | undefined,
  ): Promise<contract.ScheduleDetail>
  pause(id: string, by: string, reason: string | null): Promise<contract.ScheduleDetail>
  resume(caller: Caller, id: string): Promise<contract.ScheduleDetail>
  remove(id: string): Promise<void>
}

/** A schedule that is due all the time moves on under its reader; so often it is read again. */
const mostTries = 10

export function createSchedules({ store, offers, jobs, events, clock, ids }: SchedulesDeps): Schedules {
  const announce = (scheduleId: string) => events.publish('schedule', { scheduleId })

  async function views(schedules: readonly Schedule[]): Promise<contract.Schedule[]> {
    const statuses = await jobs.statuses(schedules.flatMap(({ lastRun }) => lastRun?.jobId ?? []))
    const disabled = offers.disabled()
    return schedules.map((schedule) =>
      toView(schedule, {
        lastStatus: statuses.get(schedule.lastRun?.jobId ?? '') ?? null,
        held: disabled.includes(schedule.toolkit),
      }),
    )
  }

  async function detail(schedule: Schedule): Promise<contract.ScheduleDetail> {
    const [view] = await views([schedule])
    return { ...(view as contract.Schedule), input: schedule.input }
  }

  async function find(id: string): Promise<Schedule> {
    const schedule = await store.get(id)
    if (schedule) return schedule
    throw new ToolboxError('not_found', `There is no schedule ${id}. It may have been removed.`)
  }

  async function change(
    id: string,
    edit: (current: Schedule, now: number) => Partial<Schedule>,
  ): Promise<contract.ScheduleDetail> {
    for (let tries = 0; tries < mostTries; tries++) {
      const current = await find(id)
      const now = clock.now()
      const next = { ...current, ...edit(current, now), updatedAt: now, version: current.version + 1 }
      if (!(await store.replace(next, current))) continue
      announce(id)
      return detail(next)
    }
    throw new ToolboxError('conflict', `Schedule ${id} is being changed by others. Read it and try again.`)
  }

  /** All that a definition says, checked as of whoever gives it. */
  function define(caller: Caller, definition: Definition): Partial<Schedule> & Definition {
    const { effect } = vet(offers, caller, definition)
    const isDestructive = effect === 'destructive'
    if (isDestructive && definition.overlap === 'allow') {
      const message = 'what destroys never runs beside itself: leave it at skip'
      throw validationFailed([{ path: 'overlap', message }])
    }
    // What destroys is not made up for at an hour that nobody chose.
    const missed = definition.missed ?? (isDestructive ? 'skip' : 'run_late')
    return { ...definition, missed, runsAs: requesterOf(caller) }
  }

  function start(timing: contract.Timing, now: number): Pick<Schedule, 'anchorAt' | 'nextRunAt'> {
    const faults = timingFaults(timing, now)
    if (faults.length > 0) throw validationFailed(faults)
    return { anchorAt: now, nextRunAt: dueAfter(timing, now, now) }
  }

  return {
    async list(filter, { cursor, limit }) {
      checkCursor(cursor, idSchema)
      const found = await store.list(filter, { cursor: cursor ?? null, limit: limit + 1 })
      const items = await views(found.slice(0, limit))
      return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null }
    },
    get: async (id) => detail(await find(id)),
    preview(timing) {
      const { anchorAt, nextRunAt } = start(timing, clock.now())
      return { nextRuns: duesFrom(timing, anchorAt, nextRunAt, 5).map(toInstant) }
    },
    async create(caller, definition) {
      const now = clock.now()
      const schedule: Schedule = {
        id: ids(),
        paused: null,
        lastRun: null,
        lastMissed: null,
        createdAt: now,
        updatedAt: now,
        version: 1,
        ...(define(caller, definition) as Definition & Pick<Schedule, 'missed' | 'runsAs'>),
        ...start(definition.timing, now),
      }
      await store.insert(schedule)
      announce(schedule.id)
      return detail(schedule)
    },
    async update(caller, id, definition, ifMatch) {
      const defined = define(caller, definition)
      return change(id, (current, now) => {
        if (ifMatch !== undefined && ifMatch !== String(current.version)) throw outdated(current)
        // The same timing goes on as it was: changing an input neither delays a run nor repeats one.
        if (isDeepStrictEqual(definition.timing, current.timing)) return defined
        const { anchorAt, nextRunAt } = start(definition.timing, now)
        return { ...defined, anchorAt, nextRunAt: current.paused ? null : nextRunAt }
      })
    },
    pause: (id, by, reason) =>
      change(id, ({ paused }, now) => {
        if (paused) {
          throw new ToolboxError(
            'conflict',
            `It is paused already, since ${toInstant(paused.at)} by ${paused.by}: ${paused.reason ?? 'no reason given'}.`,
          )
        }
        return { paused: { at: now, by, reason }, nextRunAt: null }
      }),
    resume: (caller, id) =>
      change(id, (current, now) => {
        if (!current.paused)
          throw new ToolboxError('conflict', 'It is not paused: there is nothing to resume.')
        const [fault] = timingFaults(current.timing, now)
        if (fault) {
          throw new ToolboxError(
            'conflict',
            `It can't go on: \`${fault.path}\` ${fault.message}. Change that first.`,
          )
        }
        vet(offers, caller, current)
        return { paused: null, runsAs: requesterOf(caller), ...start(current.timing, now) }
      }),
    async remove(id) {
      if (!(await store.remove(id))) await find(id)
      announce(id)
    },
  }
}

function outdated({ id, version }: Schedule): ToolboxError {
  return new ToolboxError(
    'conflict',
    `Schedule ${id} was changed meanwhile: it is at version ${version}. Read it again and repeat the change.`,
    { currentVersion: version },
  )
}
