import { isDeepStrictEqual } from 'node:util'
import type { BrokerView, JobAttempt, LogLine } from '@sre-toolbox/contract/jobs'
import type { Caller } from '../kernel/caller.ts'
import { type Clock, toInstant, toInstantOrNull } from '../kernel/clock.ts'
import { ToolboxError } from '../kernel/errors.ts'
import type { EventBus } from '../kernel/event-bus.ts'
import type { Ids } from '../kernel/ids.ts'
import type { Submission } from '../kernel/operation.ts'
import { createTurns } from '../kernel/turns.ts'
import { type Job, latestAttempt, type Requester, toAttempt } from './job.ts'
import type { JobFilter, JobQueue, JobStore, LogWindow, NewJob } from './ports.ts'
import type { Worker } from './worker.ts'

export interface JobsDeps {
  readonly store: JobStore
  readonly queue: JobQueue
  readonly events: EventBus
  readonly clock: Clock
  readonly ids: Ids
  /** Runs jobs in this process; null where only other processes do. */
  readonly worker: Worker | null
}

/** What an operation tells of itself when it becomes a job. */
export interface JobRequest {
  readonly toolkit: string
  readonly operation: string
  readonly version: string
  readonly input: unknown
  readonly idempotent: boolean
  readonly timeoutMs: number
  readonly caller: Caller
  readonly submission: Submission
}

export interface Jobs {
  /**
   * Makes the job durable and hands it to the queue. `accepted` is called in the same turn as the row is written, so
   * that the audit entry is part of the same commit.
   */
  submit(request: JobRequest, accepted: (jobId: string) => Promise<void>): Promise<Job>
  get(jobId: string): Promise<Job>
  /** What a requester's idempotency key made. */
  findByIdempotencyKey: JobStore['findByIdempotencyKey']
  statuses: JobStore['statuses']
  details(
    jobId: string,
  ): Promise<{ job: Job; input: unknown; result: unknown; attempts: JobAttempt[]; retries: string[] }>
  list: JobStore['list']
  counts: JobStore['counts']
  logs(window: LogWindow): Promise<{ lines: LogLine[]; job: Job }>
  cancel(jobId: string, by: string, options: { reason: string | null; force: boolean }): Promise<Job>
  /** A person has answered what the job waits for. False when it does not wait. */
  resume(jobId: string): Promise<boolean>
  inspect(jobId: string): Promise<BrokerView>
}

export function createJobs(deps: JobsDeps): Jobs {
  const { store, queue, events, clock } = deps

  function announce(job: Job): void {
    events.publish('job', { jobId: job.id, revision: job.revision, status: job.status })
  }

  async function get(jobId: string): Promise<Job> {
    const job = await store.get(jobId)
    if (!job)
      throw new ToolboxError('not_found', `There is no job ${jobId}. It may have been removed by retention.`)
    return job
  }

  /** The job that the same key made before, when it was the same request. */
  async function replay(job: Job, request: JobRequest): Promise<Job> {
    const same =
      job.toolkit === request.toolkit &&
      job.operation === request.operation &&
      isDeepStrictEqual(await store.input(job.id), JSON.parse(JSON.stringify(request.input)))
    if (same) return job
    throw new ToolboxError(
      'conflict',
      `The idempotency key was used for another request, which made job ${job.id}. Use a new key for a new request.`,
      { currentVersion: job.status, jobId: job.id },
    )
  }

  /** The same key in the same moment: the second finds what the first made. */
  const inTurn = createTurns()

  async function submit(request: JobRequest, accepted: (jobId: string) => Promise<void>): Promise<Job> {
    const { submission, caller } = request
    const idempotencyKey = submission.idempotencyKey ?? null
    const requestedBy = requesterOf(caller)
    if (idempotencyKey !== null) {
      const earlier = await store.findByIdempotencyKey(requestedBy.id, idempotencyKey)
      if (earlier) {
        const job = await replay(earlier, request)
        await accepted(job.id)
        return job
      }
    }
    const now = clock.now()
    const runAt = submission.runAt ?? null
    const id = deps.ids()
    const wanted: NewJob = {
      id,
      toolkit: request.toolkit,
      operation: request.operation,
      toolkitVersion: request.version,
      status: runAt !== null && runAt > now ? 'scheduled' : 'queued',
      priority: submission.priority ?? 0,
      requestedBy,
      idempotencyKey,
      idempotent: request.idempotent,
      timeoutMs: request.timeoutMs,
      createdAt: now,
      runAt,
      retryOf: submission.retryOf ?? null,
      scheduleId: submission.scheduleId ?? null,
      input: request.input,
    }
    const reference = { jobId: id, priority: wanted.priority }
    const made = Promise.withResolvers<boolean>()
    let claimed = false
    try {
      const { job, replayed } = await store.insert(wanted, () => {
        if (wanted.status === 'queued') claimed = deps.worker?.claimNew(reference, made.promise) ?? false
        return accepted(id)
      })
      if (replayed) {
        const earlier = await replay(job, request)
        await accepted(earlier.id)
        return earlier
      }
      announce(job)
      made.resolve(true)
      if (job.status === 'queued' && !claimed) await queue.push([reference])
      return job
    } finally {
      made.resolve(false)
    }
  }

  return {
    submit(request, accepted) {
      const key = request.submission.idempotencyKey
      if (key === undefined) return submit(request, accepted)
      return inTurn(`${request.caller.userId} ${key}`, () => submit(request, accepted))
    },
    get,
    findByIdempotencyKey: store.findByIdempotencyKey,
    statuses: store.statuses,
    async details(jobId) {
      const job = await get(jobId)
      const [input, result, attempts, retries] = await Promise.all([
        store.input(jobId),
        store.result(jobId),
        store.earlierAttempts(jobId),
        store.retriesOf(jobId),
      ])
      return { job, input, result, attempts: [...attempts, ...latestAttempt(job)].map(toAttempt), retries }
    },
    list: (filter: JobFilter, page) => store.list(filter, page),
    counts: () => store.counts(),
    async logs(window) {
      const [job, lines] = await Promise.all([get(window.jobId), store.logs(window)])
      return { job, lines: lines.map((line) => ({ ...line, at: toInstant(line.at) })) }
    },
    async cancel(jobId, by, { reason, force }) {
      const cancelled = await store.requestCancel({ jobId, request: { at: clock.now(), by, reason, force } })
      if (!cancelled) {
        const job = await get(jobId)
        throw new ToolboxError('conflict', `Job ${jobId} has already ended: it is ${job.status}.`, {
          currentVersion: job.status,
        })
      }
      announce(cancelled)
      if (cancelled.status === 'cancelled') await queue.remove(jobId)
      else deps.worker?.cancel(jobId, { by, reason, force })
      return cancelled
    },
    async resume(jobId) {
      const job = await store.resume(jobId)
      if (!job) return false
      announce(job)
      await queue.push([{ jobId, priority: job.priority }])
      return true
    },
    async inspect(jobId) {
      const [job, broker, workers] = await Promise.all([get(jobId), queue.inspect(jobId), store.workers()])
      const held = job.status === 'running' || job.status === 'cancelling'
      const lease = held ? workers.find(({ id }) => id === job.worker) : undefined
      return {
        engine: queue.engine,
        queue: broker.queue,
        keys: broker.keys,
        brokerState: broker.state,
        brokerAttempts: broker.attempts,
        status: job.status,
        fence: job.fence,
        worker: held ? job.worker : null,
        leaseExpiresAt: toInstantOrNull(lease ? lease.heartbeatAt + lease.leaseMs : null),
      }
    },
  }
}

/** What a job does later is done as its requester: only the product's own work is ever taken for its own. */
export function requesterOf({ kind, userId, name, token }: Caller): Requester {
  const id = kind === 'system' ? `system:${name}` : userId
  if (id === null) throw new ToolboxError('not_signed_in', 'A job belongs to somebody. Sign in first.')
  return { id, name, token: token?.name ?? null, tokenId: token?.id ?? null }
}
