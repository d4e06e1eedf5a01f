import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Database } from '../adapters/sql/database.ts'
import {
  createJobs,
  createSweeper,
  createWorker,
  type Executor,
  type JobQueue,
  type Jobs,
  type LimitsOf,
} from '../jobs/index.ts'
import { createJobStore } from '../jobs/store.sql.ts'
import type { Clock } from '../kernel/clock.ts'
import type { EventBus } from '../kernel/event-bus.ts'
import type { Ids } from '../kernel/ids.ts'
import type { Logger } from '../kernel/logger.ts'
import type { Config } from './config.ts'

const leaseMs = 10_000

/** Wires jobs to their store and queue, and where this process runs jobs, to a worker of its own. */
export function createJobEngine(deps: {
  config: Pick<Config, 'roles' | 'cancelGraceMs' | 'workerConcurrency'>
  database: Database
  queue: JobQueue
  limitsOf: LimitsOf
  executor: Executor
  /** True where no other process can hold the database. */
  alone: boolean
  /** How soon this process sees what others on the same database did. */
  followOthersMs: number
  events: EventBus
  clock: Clock
  ids: Ids
  logger: Logger
}) {
  const { config, queue, executor, alone, events, clock, ids, logger } = deps
  const startedAt = clock.now()
  const workerId = randomUUID()
  const store = createJobStore(deps.database, deps.limitsOf, workerId)
  const worker = config.roles.includes('worker')
    ? createWorker({
        store,
        queue,
        events,
        clock,
        logger,
        executor,
        worker: workerId,
        graceMs: config.cancelGraceMs,
        concurrency: config.workerConcurrency,
      })
    : null
  const jobs: Jobs = createJobs({ store, queue, events, clock, ids, worker })
  const sweeper = createSweeper({
    store,
    queue,
    events,
    clock,
    logger,
    alone,
    timing: alone ? {} : { refillMs: deps.followOthersMs },
    local: worker && {
      worker,
      lease: { id: workerId, description: `${hostname()} pid ${process.pid}`, startedAt, leaseMs },
    },
  })
  return { store, worker, jobs, sweeper }
}
