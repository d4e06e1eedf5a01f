import type { Clock } from '../kernel/clock.ts'
import type { EventBus } from '../kernel/event-bus.ts'
import type { Logger } from '../kernel/logger.ts'
import type { Job } from './job.ts'
import type { JobQueue, JobStore, WorkerLease } from './ports.ts'
import type { Worker } from './worker.ts'

export interface SweeperDeps {
  readonly store: JobStore
  readonly queue: JobQueue
  readonly events: EventBus
  readonly clock: Clock
  readonly logger: Logger
  /** Null in a process that runs no jobs. */
  readonly local: { readonly lease: Omit<WorkerLease, 'heartbeatAt'>; readonly worker: Worker } | null
  /** True where no other process can hold the database: then every other worker is dead. */
  readonly alone: boolean
  readonly timing?: Partial<SweepTiming>
}

export interface SweepTiming {
  readonly tickMs: number
  readonly heartbeatMs: number
  readonly reapMs: number
  readonly refillMs: number
}

const usual: SweepTiming = { tickMs: 500, heartbeatMs: 3000, reapMs: 2000, refillMs: 5000 }
/** So many ids are kept waiting in the queue; the rest stay in the database until there is room. */
const refillTo = 10_000
const promoteAtOnce = 1000

export interface Sweeper {
  start(): Promise<void>
  stop(): Promise<void>
}

/** Keeps queue, leases and rows in step: whatever a crash or a forgetful broker left behind is found here. */
export function createSweeper(deps: SweeperDeps): Sweeper {
  const { store, queue, events, clock, logger, local } = deps
  const timing = { ...usual, ...deps.timing }
  const lastRun = new Map<string, number>()
  let timer: NodeJS.Timeout | null = null
  let sweeping: Promise<void> = Promise.resolve()

  const leaseNow = (): WorkerLease | null => local && { ...local.lease, heartbeatAt: clock.now() }

  function announce(job: Job): void {
    events.publish('job', { jobId: job.id, revision: job.revision, status: job.status })
  }

  async function enqueue(jobs: readonly Job[]): Promise<void> {
    const queued = jobs.filter(({ status }) => status === 'queued')
    if (queued.length > 0) await queue.push(queued.map(({ id, priority }) => ({ jobId: id, priority })))
  }

  async function heartbeat(): Promise<void> {
    const lease = leaseNow()
    if (!lease || (await store.heartbeat(lease))) return
    logger.warn(
      { worker: lease.id },
      'the lease was taken away while this process stood still; its jobs are dropped',
    )
    local?.worker.abandonAll()
    // What it claimed after that and dropped just now is held by nobody either.
    const dropped = await store.reap(lease.id, clock.now())
    await store.register(lease)
    dropped.forEach(announce)
    await enqueue(dropped)
  }

  async function reap(): Promise<void> {
    const now = clock.now()
    for (const worker of await store.workers()) {
      const isDead = deps.alone || worker.heartbeatAt + worker.leaseMs < now
      if (worker.id === local?.lease.id || !isDead) continue
      const jobs = await store.reap(worker.id, now)
      logger.warn({ worker: worker.id, jobs: jobs.length }, 'a worker is dead; what it ran was taken over')
      jobs.forEach(announce)
      await enqueue(jobs)
    }
  }

  async function promote(): Promise<void> {
    const due = await store.promoteDue(clock.now(), promoteAtOnce)
    due.forEach(announce)
    await enqueue(due)
  }

  async function refill(): Promise<void> {
    if ((await queue.depth()) < refillTo / 2) await queue.push(await store.queued(refillTo))
    local?.worker.retryParked()
  }

  /** Catches cancellations whose signal did not arrive. */
  async function deliverCancellations(): Promise<void> {
    if (!local || local.worker.running().length === 0) return
    for (const { id, cancellation } of await store.cancelling(local.lease.id)) {
      if (cancellation) local.worker.cancel(id, cancellation)
    }
  }

  async function due(name: string, everyMs: number, work: () => Promise<void>): Promise<void> {
    const now = clock.now()
    if (now - (lastRun.get(name) ?? 0) < everyMs) return
    lastRun.set(name, now)
    try {
      await work()
    } catch (error) {
      logger.error({ error, task: name }, 'a sweep failed; it is tried again')
    }
  }

  async function sweep(): Promise<void> {
    // First the own lease: a process that stood still must learn that it lost its jobs before it judges others.
    await due('heartbeat', timing.heartbeatMs, heartbeat)
    await due('promote', timing.tickMs, promote)
    await due('cancellations', timing.reapMs, deliverCancellations)
    await due('reap', timing.reapMs, reap)
    await due('refill', timing.refillMs, refill)
  }

  return {
    async start() {
      const lease = leaseNow()
      if (lease) await store.register(lease)
      await reap()
      await promote()
      await refill()
      const tick = (): void => {
        timer = setTimeout(() => {
          sweeping = sweep().finally(() => {
            if (timer) tick()
          })
        }, timing.tickMs)
      }
      tick()
    },
    async stop() {
      if (timer) clearTimeout(timer)
      timer = null
      await sweeping
      const lease = leaseNow()
      if (lease) await store.reap(lease.id, clock.now())
    },
  }
}
