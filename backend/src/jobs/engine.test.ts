import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { temporaryDirectory } from '../../../test/support/temporary.ts'
import { createMemoryQueue } from '../adapters/queue-embedded/queue.ts'
import type { Database } from '../adapters/sql/database.ts'
import type { Lane } from '../adapters/sql/group-commit.ts'
import { openSqlite } from '../adapters/sql/sqlite.ts'
import { systemCaller } from '../kernel/caller.ts'
import { systemClock } from '../kernel/clock.ts'
import { createEventBus } from '../kernel/event-bus.ts'
import { createIds } from '../kernel/ids.ts'
import type { Submission } from '../kernel/operation.ts'
import type { Job } from './job.ts'
import { createJobs, type Jobs } from './jobs.ts'
import type { Executor, JobStore, LimitsOf, Work, WorkEnd, WorkReports } from './ports.ts'
import { createJobStore } from './store.sql.ts'
import { createSweeper, type Sweeper } from './sweeper.ts'
import { createWorker, type Worker } from './worker.ts'

type Handler = (work: Work, reports: WorkReports, signal: AbortSignal) => Promise<unknown>

/** Runs handlers in this process; a kill ends them whether they like it or not. */
function inProcess(handlers: Record<string, Handler>): Executor {
  return {
    start(work, reports) {
      const abort = new AbortController()
      const killed = Promise.withResolvers<WorkEnd>()
      const handled = Promise.resolve()
        .then(() => handlers[work.operation]?.(work, reports, abort.signal))
        .then(
          (output): WorkEnd => ({ kind: 'succeeded', output }),
          (error: Error): WorkEnd =>
            error.message === 'crash'
              ? { kind: 'exited', message: 'the process exited with code 7' }
              : { kind: 'failed', code: 'handler_error', message: error.message },
        )
      const waits = work.operation === 'waiting'
      return {
        began: waits ? killed.promise.then(() => false) : Promise.resolve(true),
        ended: waits ? killed.promise : Promise.race([handled, killed.promise]),
        abort(reason) {
          abort.abort(new Error(reason))
          if (waits) killed.resolve({ kind: 'exited', message: 'stopped before it began' })
        },
        async kill() {
          killed.resolve({ kind: 'exited', message: 'the process was killed' })
        },
      }
    },
  }
}

const warn = vi.fn()
const silent = { debug() {}, info() {}, warn, error() {} }
const untilAborted = (signal: AbortSignal) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

describe('the job engine', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>
  let db: Database
  let store: JobStore
  let jobs: Jobs
  let worker: Worker
  let sweeper: Sweeper
  const told: { jobId: string; status: string }[] = []
  const limits: Record<string, number> = { bounded: 1 }
  const limitsOf: LimitsOf = (_, operation) => ({ operation: limits[operation] ?? null, toolkit: null })
  let runningAtOnce = 0
  let peak = 0
  let crashes = 0

  const handlers: Record<string, Handler> = {
    echo: async ({ input }) => input,
    fail: async () => Promise.reject(new Error('the host is down')),
    obedient: (_, __, signal) => untilAborted(signal),
    stubborn: () => new Promise(() => {}),
    crash: async () => {
      crashes++
      throw new Error('crash')
    },
    bounded: async () => {
      peak = Math.max(peak, ++runningAtOnce)
      await new Promise((resolve) => setTimeout(resolve, 20))
      runningAtOnce--
    },
    talkative: async (_, reports) => {
      reports.progress({ done: 1, total: 4, unit: 'probes', message: 'probing' })
      await reports.log([{ at: 1, level: 'info', text: 'first' }])
      await reports.log([{ at: 2, level: 'warn', text: 'second' }])
    },
  }

  beforeEach(async () => {
    directory = await temporaryDirectory()
    db = await openSqlite(join(directory.path, 'toolbox.db'))
    store = createJobStore(db, limitsOf)
    const queue = createMemoryQueue()
    const events = createEventBus((error) => Promise.reject(error))
    events.subscribe('job', (event) => told.push(event))
    const clock = systemClock
    const lease = { id: 'worker-1', description: 'test', startedAt: clock.now(), leaseMs: 10_000 }
    worker = createWorker({
      store,
      queue,
      events,
      clock,
      logger: silent,
      worker: lease.id,
      graceMs: 30,
      concurrency: 8,
      executor: inProcess(handlers),
    })
    sweeper = createSweeper({
      store,
      queue,
      events,
      clock,
      logger: silent,
      local: { lease, worker },
      alone: true,
      timing: { tickMs: 10, heartbeatMs: 20, reapMs: 20, refillMs: 20 },
    })
    jobs = createJobs({ store, queue, events, clock, ids: createIds(clock), worker })
    crashes = 0
    told.length = 0
    warn.mockClear()
    await sweeper.start()
    worker.start()
  })
  afterEach(async () => {
    await worker.stop(0)
    await sweeper.stop()
    await db.close()
    await directory[Symbol.asyncDispose]()
  })

  const submit = (
    operation: string,
    options: {
      idempotent?: boolean
      timeoutMs?: number
      submission?: Submission
      accepted?: () => Promise<void>
    } = {},
  ) =>
    jobs.submit(
      {
        toolkit: 'demo',
        operation,
        version: '1.0.0',
        input: { n: 1 },
        idempotent: options.idempotent ?? true,
        timeoutMs: options.timeoutMs ?? 5000,
        caller: systemCaller('test'),
        submission: options.submission ?? {},
      },
      options.accepted ?? (async () => {}),
    )
  const becomes = (job: Job, status: Job['status']) =>
    vi.waitFor(
      async () => {
        const now = await jobs.get(job.id)
        expect(now.status).toBe(status)
        return now
      },
      { timeout: 3000, interval: 5 },
    )

  it('runs a job to its result', async () => {
    const job = await submit('echo')
    await becomes(job, 'succeeded')
    expect((await jobs.details(job.id)).result).toEqual({ n: 1 })
  })

  it('claims a job in the commit that makes it while a place is free, and tells of both in order', async () => {
    const claim = vi.spyOn(store, 'claim')
    const submitting = submit('obedient')
    expect(claim).toHaveBeenCalledOnce()
    const job = await submitting
    expect(job.status).toBe('queued')
    expect((await jobs.get(job.id)).status).toBe('running')
    expect(told.filter(({ jobId }) => jobId === job.id).map(({ status }) => status)).toEqual([
      'queued',
      'running',
    ])
  })

  it('queues a job while every place is taken, and runs it when one is free', async () => {
    const running = await Promise.all(Array.from({ length: 8 }, () => submit('obedient')))
    const waiting = await submit('echo')
    expect(await jobs.inspect(waiting.id)).toMatchObject({ status: 'queued', brokerState: 'waiting' })
    for (const job of running) await jobs.cancel(job.id, 'ada', { reason: null, force: false })
    await becomes(waiting, 'succeeded')
  })

  it('claims nothing of a job that could not be made', async () => {
    const claim = vi.spyOn(store, 'claim')
    const refused = new Error('the audit trail refuses it')
    const refuse: Lane<null, never> = { order: 0, apply: () => Promise.reject(refused) }
    await expect(submit('echo', { accepted: () => db.groupCommit.add(refuse, null) })).rejects.toBe(refused)
    await expect(claim.mock.results[0]?.value).rejects.toBe(refused)
    expect((await jobs.list({}, { cursor: null, limit: 10 })).jobs).toEqual([])
    expect(warn).not.toHaveBeenCalled()
  })

  it('fails a job with the words of its handler', async () => {
    const failed = await becomes(await submit('fail'), 'failed')
    expect(failed.error).toEqual({ code: 'handler_error', message: 'the host is down' })
  })

  it('numbers log lines without gaps and keeps progress', async () => {
    const job = await becomes(await submit('talkative'), 'succeeded')
    const { lines } = await jobs.logs({ jobId: job.id, limit: 10 })
    expect(lines.map(({ seq, text }) => [seq, text])).toEqual([
      [1, 'first'],
      [2, 'second'],
    ])
    expect(job.progress).toMatchObject({
      done: 1,
      total: 4,
      unit: 'probes',
      percent: 100,
      message: 'probing',
    })
  })

  it('cancels a running job by its signal, and says which stage ended it', async () => {
    const job = await becomes(await submit('obedient'), 'running')
    expect((await jobs.cancel(job.id, 'ada', { reason: 'wrong host', force: false })).status).toBe(
      'cancelling',
    )
    const cancelled = await becomes(job, 'cancelled')
    expect(cancelled.cancellation).toMatchObject({ by: 'ada', reason: 'wrong host', stage: 'handler' })
  })

  it('kills what does not obey within its grace period', async () => {
    const job = await becomes(await submit('stubborn'), 'running')
    await jobs.cancel(job.id, 'ada', { reason: null, force: false })
    expect((await becomes(job, 'cancelled')).cancellation?.stage).toBe('killed')
  })

  it('ends a job at its deadline', async () => {
    const failed = await becomes(await submit('obedient', { timeoutMs: 30 }), 'failed')
    expect(failed.error?.code).toBe('deadline_exceeded')
  })

  it('repeats an idempotent job whose process exits, three times in all', async () => {
    const failed = await becomes(await submit('crash'), 'failed')
    expect(crashes).toBe(3)
    expect(failed).toMatchObject({ attempt: 3, error: { code: 'host_exited' } })
  })

  it('never repeats by itself what is not safe to repeat', async () => {
    await becomes(await submit('crash', { idempotent: false }), 'failed')
    expect(crashes).toBe(1)
  })

  it('keeps to the concurrency of an operation', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => submit('bounded')))
    for (const job of all) await becomes(job, 'succeeded')
    expect(peak).toBe(1)
  })

  it('runs a scheduled job when it is due', async () => {
    const job = await submit('echo', { submission: { runAt: Date.now() + 60 } })
    expect(job.status).toBe('scheduled')
    const done = await becomes(job, 'succeeded')
    expect(done.startedAt).toBeGreaterThanOrEqual(done.runAt ?? Number.POSITIVE_INFINITY)
  })

  it('gives the same job for the same key, and refuses the key for another request', async () => {
    const first = await submit('echo', { submission: { idempotencyKey: 'k' } })
    expect((await submit('echo', { submission: { idempotencyKey: 'k' } })).id).toBe(first.id)
    await expect(submit('fail', { submission: { idempotencyKey: 'k' } })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('runs what the queue has forgotten', async () => {
    await store.insert({
      id: '01900000-0000-7000-8000-000000000001',
      toolkit: 'demo',
      operation: 'echo',
      toolkitVersion: '1.0.0',
      status: 'queued',
      priority: 0,
      requestedBy: { id: 'u', name: 'u', token: null, tokenId: null },
      idempotencyKey: null,
      idempotent: true,
      timeoutMs: 1000,
      createdAt: 0,
      runAt: null,
      retryOf: null,
      scheduleId: null,
      input: {},
    })
    await becomes(await jobs.get('01900000-0000-7000-8000-000000000001'), 'succeeded')
  })

  it('drops what it runs without a write when its lease was taken away', async () => {
    const job = await becomes(await submit('stubborn'), 'running')
    await store.reap('worker-1', Date.now())
    const again = await vi.waitFor(async () => {
      const now = await jobs.get(job.id)
      expect(now).toMatchObject({ status: 'running', attempt: 2 })
      return now
    })
    expect(again.fence).toBeGreaterThan(job.fence)
    expect((await jobs.details(job.id)).attempts[0]).toMatchObject({ attempt: 1, outcome: 'interrupted' })
  })

  it('queues running jobs again when the server stops', async () => {
    const job = await becomes(await submit('obedient'), 'running')
    await worker.stop(0)
    expect(await jobs.get(job.id)).toMatchObject({ status: 'queued' })
  })

  it('interrupts also what was being claimed when the server stopped', async () => {
    const { claim } = store
    const claimed = Promise.withResolvers<void>()
    store.claim = async (wanted) => {
      const answer = await claim(wanted)
      claimed.resolve()
      await new Promise((resolve) => setTimeout(resolve, 20))
      return answer
    }
    const job = await submit('obedient')
    await claimed.promise
    await worker.stop(0)
    expect(await jobs.get(job.id)).toMatchObject({ status: 'queued' })
  })

  it('gives back what it claimed while its lease was gone', async () => {
    const job = await becomes(await submit('stubborn'), 'running')
    const { heartbeat } = store
    store.heartbeat = async () => {
      store.heartbeat = heartbeat
      return false
    }
    await vi.waitFor(async () =>
      expect(await jobs.get(job.id)).toMatchObject({ status: 'running', attempt: 2 }),
    )
    await jobs.cancel(job.id, 'ada', { reason: null, force: true })
    await becomes(job, 'cancelled')
  })

  it('holds no deadline against a job that waits for a place to run, and repeats it whatever it does', async () => {
    const waiting = { idempotent: false, timeoutMs: 1 }
    const [kept, unwanted] = [await submit('waiting', waiting), await submit('waiting', waiting)]
    await becomes(unwanted, 'running')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await jobs.get(kept.id)).toMatchObject({ status: 'running' })
    await jobs.cancel(unwanted.id, 'ada', { reason: null, force: false })
    expect(await becomes(unwanted, 'cancelled')).toMatchObject({ cancellation: { stage: 'before_start' } })
    await worker.stop(0)
    expect(await jobs.get(kept.id)).toMatchObject({ status: 'queued' })
  })
})
