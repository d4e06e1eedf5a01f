import type { JobAttempt, JobProgress, JobStatus, JobSummary } from '@sre-toolbox/contract/jobs'
import { toInstant, toInstantOrNull } from '../kernel/clock.ts'

/** A job is tried at most so often when its process goes away under it. */
export const maxAttempts = 3
/** A dead worker says little of its jobs, whose code runs elsewhere; this stops the one that takes workers down. */
export const maxAttemptsByWorkers = 20

/** Who asked for a job; what it does later is done on their behalf. */
export interface Requester {
  /** A user's id, or `system:<name>` for the product's own work. */
  readonly id: string
  readonly name: string
  /** The API token it came by. */
  readonly token: string | null
  readonly tokenId: string | null
}

/** A job without its payloads; times in milliseconds since the epoch. */
export interface Job {
  readonly id: string
  readonly toolkit: string
  readonly operation: string
  readonly toolkitVersion: string
  readonly status: JobStatus
  readonly priority: number
  /** Goes up with every change that a watcher should see. */
  readonly revision: number
  readonly requestedBy: Requester
  readonly idempotencyKey: string | null
  readonly idempotent: boolean
  readonly timeoutMs: number
  readonly createdAt: number
  readonly runAt: number | null
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly attempt: number
  readonly attemptStartedAt: number | null
  /** The fencing token of the present attempt. */
  readonly fence: number
  readonly worker: string | null
  readonly retryOf: string | null
  readonly scheduleId: string | null
  readonly logLines: number
  readonly progress: JobProgress | null
  readonly cancellation: Cancellation | null
  readonly error: { readonly code: string; readonly message: string } | null
}

/** What a worker needs to know of a job that it runs. */
export type ClaimedJob = Pick<
  Job,
  | 'id'
  | 'toolkit'
  | 'operation'
  | 'toolkitVersion'
  | 'status'
  | 'priority'
  | 'revision'
  | 'requestedBy'
  | 'idempotent'
  | 'timeoutMs'
  | 'attempt'
  | 'attemptStartedAt'
  | 'fence'
  | 'logLines'
  | 'progress'
>

export type CancelStage = 'before_start' | 'handler' | 'killed' | 'worker_gone'

export interface CancelRequest {
  readonly at: number
  readonly by: string
  readonly reason: string | null
  readonly force: boolean
}

export interface Cancellation extends CancelRequest {
  readonly stage: CancelStage | null
}

export interface Attempt {
  readonly attempt: number
  readonly fence: number
  readonly worker: string
  readonly startedAt: number
  readonly endedAt: number | null
  readonly outcome: JobAttempt['outcome']
  readonly error: { readonly code: string; readonly message: string } | null
}

export function toSummary(job: Job): JobSummary {
  return {
    id: job.id,
    toolkit: job.toolkit,
    operation: job.operation,
    toolkitVersion: job.toolkitVersion,
    status: job.status,
    priority: job.priority,
    requestedBy: { id: job.requestedBy.id, name: job.requestedBy.name, token: job.requestedBy.token },
    createdAt: toInstant(job.createdAt),
    runAt: toInstantOrNull(job.runAt),
    startedAt: toInstantOrNull(job.startedAt),
    endedAt: toInstantOrNull(job.endedAt),
    attempt: job.attempt,
    retryOf: job.retryOf,
    scheduleId: job.scheduleId,
    progress: job.progress,
    error: job.error,
    cancellation: job.cancellation && { ...job.cancellation, at: toInstant(job.cancellation.at) },
    logLines: job.logLines,
  }
}

/** The latest attempt is told by the job's own row; only those before it are stored beside. */
export function latestAttempt(job: Job): Attempt[] {
  if (job.attempt === 0 || job.attemptStartedAt === null || job.cancellation?.stage === 'before_start')
    return []
  const { status } = job
  const outcome = status === 'running' || status === 'cancelling' ? 'running' : status
  if (outcome === 'queued' || outcome === 'scheduled' || outcome === 'waiting_approval') return []
  return [
    {
      attempt: job.attempt,
      fence: job.fence,
      worker: job.worker ?? '',
      startedAt: job.attemptStartedAt,
      endedAt: job.endedAt,
      outcome,
      error: job.error,
    },
  ]
}

export function toAttempt(attempt: Attempt): JobAttempt {
  return { ...attempt, startedAt: toInstant(attempt.startedAt), endedAt: toInstantOrNull(attempt.endedAt) }
}
