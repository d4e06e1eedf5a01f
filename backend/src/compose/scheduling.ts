import type { Database } from '../adapters/sql/database.ts'
import type { Jobs, Requester } from '../jobs/index.ts'
import { type Caller, systemCaller } from '../kernel/caller.ts'
import type { Clock } from '../kernel/clock.ts'
import type { EventBus } from '../kernel/event-bus.ts'
import type { Ids } from '../kernel/ids.ts'
import type { Logger } from '../kernel/logger.ts'
import type { Operation } from '../kernel/operation.ts'
import type { Runner } from '../kernel/run-operation.ts'
import {
  createFiring,
  createScheduleOperations,
  createScheduler,
  createSchedules,
  type Scheduler,
} from '../schedules/index.ts'
import { createScheduleStore } from '../schedules/store.sql.ts'
import type { Toolkits } from '../toolkits/index.ts'

/** The name by which schedules act. */
const ownName = 'schedules'

/** Wires schedules to the jobs that they make, the toolkits that offer them and the runner that judges them. */
export function createScheduling(deps: {
  database: Database
  toolkits: Pick<Toolkits, 'offer' | 'disabled'>
  jobs: Jobs
  callerFor: (requester: Requester) => Promise<Caller>
  /** The runner may be made later: it knows these operations, too. */
  run: Runner['run']
  events: EventBus
  clock: Clock
  ids: Ids
  logger: Logger
}): {
  operations: readonly Operation[]
  scheduler: Scheduler
  /** Those that were not paused by a person but by what went wrong; a few of them. */
  pausedByThemselves(): Promise<{ id: string; name: string; reason: string | null }[]>
} {
  const { toolkits, jobs, run, events, clock, ids, logger } = deps
  const store = createScheduleStore(deps.database)
  const offers = { find: toolkits.offer, disabled: toolkits.disabled }

  async function pause(scheduleId: string, reason: string): Promise<void> {
    const { signal } = new AbortController()
    const request = { caller: systemCaller(ownName), requestId: ids(), signal }
    await run('schedules.pause', { scheduleId, reason }, request)
  }

  const schedules = createSchedules({ store, offers, jobs, events, clock, ids })
  const { callerFor } = deps
  const fireDue = createFiring({ store, offers, jobs, callerFor, run, pause, events, clock, logger })
  return {
    operations: createScheduleOperations(schedules, offers),
    scheduler: createScheduler({ fireDue, logger }),
    async pausedByThemselves() {
      const { items } = await schedules.list({ paused: true }, { cursor: undefined, limit: 20 })
      return items
        .filter(({ paused }) => paused?.by === ownName)
        .map(({ id, name, paused }) => ({ id, name, reason: paused?.reason ?? null }))
    },
  }
}
