import { type Attempt, type AttemptDeps, startAttempt } from './attempt.ts'
import type { ClaimedJob } from './job.ts'
import { createParking } from './parking.ts'
import type { Ended, JobQueue, JobReference } from './ports.ts'

export interface Worker {
  start(): void
  /**
   * Claims a job in the very commit that makes it. False when no place is free: then it has to be queued. `made` resolves
   * once the commit is told to everyone, with whether the job is there; until then nothing is told of the claim.
   */
  claimNew(reference: JobReference, made: Promise<boolean>): boolean
  /** Jobs it runs now. */
  running(): readonly ClaimedJob[]
  /** Tries one job of everything that was full: another process may have made room. */
  retryParked(): void
  cancel(jobId: string, request: { by: string; reason: string | null; force: boolean }): void
  /** Takes no more, lets running jobs end for `drainMs`, then interrupts them. Resolves when none is left. */
  stop(drainMs: number): Promise<void>
  /** The lease is gone: drops all it runs without writing. */
  abandonAll(): void
}

export interface WorkerDeps extends AttemptDeps {
  readonly queue: JobQueue
  /** The id that its claims are made under. */
  readonly worker: string
  /** Jobs at once in this process. */
  readonly concurrency: number
}

const retryClaimMs = 1000
const stopReason = 'The server is being stopped.'

/** Takes ids from the queue, claims their rows and runs them. */
export function createWorker(deps: WorkerDeps): Worker {
  const { queue, store, events, clock, logger } = deps
  const attempts = new Map<string, Attempt>()
  const idle: (() => void)[] = []
  const parking = createParking()
  let claiming = 0
  let taking = false
  let interrupting = false

  function pump(): void {
    if (!taking) return
    for (;;) {
      const free = deps.concurrency - attempts.size - claiming
      const references = free > 0 ? queue.take(free) : []
      if (references.length === 0) return
      for (const reference of references) void claimAndRun(reference, Promise.resolve(true))
    }
  }

  async function claimAndRun(reference: JobReference, made: Promise<boolean>): Promise<void> {
    if (parking.has(reference.jobId)) return
    claiming++
    const answer = await store
      .claim({ jobId: reference.jobId, worker: deps.worker, at: clock.now() })
      .catch((error: unknown) => error as Error)
    const isThere = await made
    claiming--
    if (answer instanceof Error) {
      if (isThere) tryAgain(reference, answer)
    } else if (answer.kind === 'limited') {
      parking.park(answer.key, reference)
    } else if (answer.kind === 'claimed') {
      await runClaimed(answer.job, answer.input)
    } else {
      // It may have left parking to take a place; that place is still free.
      retryParked()
    }
    settle()
  }

  function tryAgain(reference: JobReference, error: Error): void {
    logger.warn({ error, jobId: reference.jobId }, 'a job could not be claimed; it is tried again')
    setTimeout(() => void queue.push([reference]), retryClaimMs).unref()
  }

  async function runClaimed(job: ClaimedJob, input: unknown): Promise<void> {
    const attempt = startAttempt(deps, job, input)
    attempts.set(job.id, attempt)
    announce(job)
    if (interrupting) attempt.interrupt(stopReason)
    const after = await attempt.ended
    // One that lost its job may see that job begin again here before its own end.
    if (attempts.get(job.id) === attempt) attempts.delete(job.id)
    if (after) announce(after)
    if (after?.status === 'queued') await queue.push([{ jobId: after.id, priority: after.priority }])
    const { toolkit, operation } = job
    requeue([parking.release(toolkit), parking.release(`${toolkit}.${operation}`)])
  }

  function requeue(references: readonly (JobReference | undefined)[]): void {
    const again = references.filter((reference) => reference !== undefined)
    if (again.length > 0) void queue.push(again)
  }

  function retryParked(): void {
    requeue(parking.releaseEach())
  }

  function settle(): void {
    pump()
    if (attempts.size + claiming === 0) for (const resolve of idle.splice(0)) resolve()
  }

  function announce(job: Ended): void {
    events.publish('job', { jobId: job.id, revision: job.revision, status: job.status })
  }

  const untilIdle = () =>
    new Promise<void>((resolve) => {
      if (attempts.size + claiming === 0) resolve()
      else idle.push(resolve)
    })

  return {
    start() {
      taking = true
      queue.onReady(pump)
      pump()
    },
    claimNew(reference, made) {
      if (!taking || attempts.size + claiming >= deps.concurrency) return false
      void claimAndRun(reference, made)
      return true
    },
    retryParked,
    running: () => [...attempts.values()].map(({ job }) => job),
    cancel: (jobId, request) => attempts.get(jobId)?.cancel(request),
    async stop(drainMs) {
      taking = false
      const timer = setTimeout(() => {
        // Also what was claimed a moment ago and begins only now.
        interrupting = true
        for (const attempt of attempts.values()) attempt.interrupt(stopReason)
      }, drainMs)
      await untilIdle()
      clearTimeout(timer)
    },
    abandonAll() {
      for (const attempt of attempts.values()) attempt.abandon()
    },
  }
}
