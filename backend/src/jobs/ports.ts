import type { JobProgress, JobStatus, LogLine } from '@sre-toolbox/contract/jobs'
import type { Attempt, CancelRequest, CancelStage, ClaimedJob, Job, Requester } from './job.ts'
import type { BucketCount } from './tallies.ts'

/** Runs one attempt of a job. */
export interface Executor {
  start(work: Work, reports: WorkReports): Execution
}

export interface Work {
  readonly jobId: string
  readonly attempt: number
  readonly toolkit: string
  readonly toolkitVersion: string
  readonly operation: string
  readonly input: unknown
  readonly idempotent: boolean
  readonly requestedBy: Requester
}

export interface WorkReports {
  /** Resolves when the lines are durable. */
  log(lines: readonly NewLogLine[]): Promise<void>
  progress(update: ProgressUpdate): void
}

export interface NewLogLine {
  readonly at: number
  readonly level: LogLine['level']
  readonly text: string
}

/** Each field replaces what was reported before; absent ones stay. */
export type ProgressUpdate = {
  readonly [Field in Exclude<keyof JobProgress, 'throughput' | 'remainingSeconds'>]?: Exclude<
    JobProgress[Field],
    null
  >
}

export interface Execution {
  /** True when the handler runs, which may have to wait for a place; false when it ended without. */
  readonly began: Promise<boolean>
  readonly ended: Promise<WorkEnd>
  abort(reason: string): void
  /** Resolves when the process that ran it is verified dead. */
  kill(): Promise<void>
}

export type WorkEnd =
  | { readonly kind: 'succeeded'; readonly output: unknown }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  | { readonly kind: 'exited'; readonly message: string }
  /** It can't go on until a person has answered; the job is then resumed and tried again from what it kept. */
  | { readonly kind: 'waiting' }

/** A broker. It carries ids only and may forget, repeat or reorder them: the database is the truth. */
export interface JobQueue {
  readonly engine: string
  push(references: readonly JobReference[]): Promise<void>
  /** Takes what waits, most urgent first, at most `limit`. */
  take(limit: number): readonly JobReference[]
  remove(jobId: string): Promise<void>
  /** Calls back whenever there may be something to take. */
  onReady(listener: () => void): void
  inspect(jobId: string): Promise<{ queue: string; keys: string[]; state: string; attempts: number | null }>
  depth(): Promise<number>
  close(): Promise<void>
}

export interface JobReference {
  readonly jobId: string
  readonly priority: number
}

export type NewJob = Pick<
  Job,
  | 'id'
  | 'toolkit'
  | 'operation'
  | 'toolkitVersion'
  | 'priority'
  | 'requestedBy'
  | 'idempotencyKey'
  | 'idempotent'
  | 'timeoutMs'
  | 'createdAt'
  | 'runAt'
  | 'retryOf'
  | 'scheduleId'
> & { readonly status: 'queued' | 'scheduled'; readonly input: unknown }

export interface Claim {
  readonly jobId: string
  readonly worker: string
  readonly at: number
}

/** How many jobs may run at once; null for any number. */
export type LimitsOf = (
  toolkit: string,
  operation: string,
) => { operation: number | null; toolkit: number | null }

export type ClaimAnswer =
  | { readonly kind: 'claimed'; readonly job: ClaimedJob; readonly input: unknown }
  /** Its toolkit or operation (the key: `slug`, `slug.operation`) runs as many as it may: try again when one ends. */
  | { readonly kind: 'limited'; readonly key: string }
  /** It is no longer queued. */
  | { readonly kind: 'gone' }

/** What proves that a write comes from the attempt that holds the job. */
export interface Holder {
  readonly jobId: string
  readonly fence: number
}

export interface Finish extends Holder {
  readonly status: 'succeeded' | 'failed' | 'cancelled' | 'queued' | 'waiting_approval'
  readonly outcome: Attempt['outcome']
  readonly at: number
  readonly output: unknown
  readonly error: { readonly code: string; readonly message: string } | null
  /** Kept only when the job ends cancelled. */
  readonly stage: CancelStage
  readonly progress: JobProgress | null
  /** Lines in the log by now. */
  readonly logLines: number
}

/** What becomes of a job when an attempt ends. */
export type Ended = Pick<Job, 'id' | 'status' | 'revision' | 'priority'>

export interface JobFilter {
  readonly toolkit?: string | undefined
  readonly operation?: string | undefined
  readonly status?: readonly JobStatus[] | undefined
  /** A requester's id. */
  readonly requestedBy?: string | undefined
  readonly scheduleId?: string | undefined
  /** Milliseconds, inclusive. */
  readonly since?: number | undefined
  /** Milliseconds, exclusive. */
  readonly until?: number | undefined
  /** Milliseconds, inclusive. */
  readonly endedSince?: number | undefined
  /** Milliseconds, exclusive. */
  readonly endedUntil?: number | undefined
  readonly q?: string | undefined
}

export interface LogWindow {
  readonly jobId: string
  readonly after?: number | undefined
  readonly before?: number | undefined
  /** No line farther from where it begins is looked at. */
  readonly atMost?: number | undefined
  readonly limit: number
  readonly q?: string | undefined
  readonly level?: LogLine['level'] | undefined
}

export interface WorkerLease {
  readonly id: string
  readonly description: string
  readonly startedAt: number
  readonly heartbeatAt: number
  readonly leaseMs: number
}

/**
 * Where jobs live. Writes of the same moment share a transaction. A write that needs a `Holder` answers false or null
 * when the fencing token is stale or the job has ended, and then has changed nothing.
 */
export interface JobStore {
  /**
   * A job whose requester used its idempotency key before is not inserted; the first one is answered. What `alongside`
   * writes before it first waits is part of the same commit.
   */
  insert(job: NewJob, alongside?: () => Promise<void>): Promise<{ job: Job; replayed: boolean }>
  findByIdempotencyKey(requestedBy: string, key: string): Promise<Job | null>
  claim(claim: Claim): Promise<ClaimAnswer>
  /** `firstSeq` continues the log without a gap. */
  appendLogs(
    append: Holder & { attempt: number; firstSeq: number; lines: readonly NewLogLine[] },
  ): Promise<boolean>
  saveProgress(save: Holder & { progress: JobProgress; logLines: number }): Promise<boolean>
  finish(finish: Finish): Promise<Ended | null>
  /** Puts a job that waits for a person back into the queue; null when it does not wait. */
  resume(jobId: string): Promise<Job | null>
  /** Null when the job has ended already. */
  requestCancel(request: { jobId: string; request: CancelRequest }): Promise<Job | null>

  get(jobId: string): Promise<Job | null>
  /** Of those that are there. */
  statuses(jobIds: readonly string[]): Promise<ReadonlyMap<string, JobStatus>>
  input(jobId: string): Promise<unknown>
  result(jobId: string): Promise<unknown>
  /** In order; the latest one is told by the job itself. */
  earlierAttempts(jobId: string): Promise<Attempt[]>
  retriesOf(jobId: string): Promise<string[]>
  /** Newest first. `cursor` is the last id seen. */
  list(
    filter: JobFilter,
    page: { cursor: string | null; limit: number },
  ): Promise<{ jobs: Job[]; cursor: string | null }>
  counts(): Promise<{ counts: Record<JobStatus, number>; oldestQueuedAt: number | null }>
  logs(window: LogWindow): Promise<(NewLogLine & { seq: number; attempt: number })[]>

  /** False when the lease was taken away: the worker's jobs are no longer its own. */
  heartbeat(lease: WorkerLease): Promise<boolean>
  register(lease: WorkerLease): Promise<void>
  workers(): Promise<WorkerLease[]>
  /** Ends or requeues what a dead worker held, and forgets the worker. */
  reap(worker: string, at: number): Promise<Job[]>
  /** Of these, the ones that somebody asked to cancel. */
  cancelling(worker: string): Promise<Job[]>
  promoteDue(now: number, limit: number): Promise<Job[]>
  /** Most urgent first. */
  queued(limit: number): Promise<JobReference[]>
  /** Ended jobs that ended before a time, or are older than the newest `keep` jobs; at most `limit`. */
  expired(rule: { endedBefore: number | null; keep: number | null }, limit: number): Promise<string[]>
  delete(jobIds: readonly string[]): Promise<void>
}

/** Counts of jobs that have ended, kept by the minute and by the hour, and of the queue, by the minute. */
export interface JobTallies {
  /** `span` is a minute or an hour in milliseconds; `from` is where the first one starts. */
  bySlot(span: number, from: number): Promise<(BucketCount & { slot: number })[]>
  byOperation(span: number, from: number): Promise<(BucketCount & { toolkit: string; operation: string })[]>
  byStatus(span: number, from: number): Promise<{ status: string; jobs: number }[]>
  /** The first of a minute counts. */
  sampleQueue(sample: { at: number; queued: number; running: number; oldestMs: number }): Promise<void>
  /** The most of each step, in order. */
  queueSamples(
    from: number,
    step: number,
  ): Promise<{ slot: number; queued: number; running: number; oldestMs: number }[]>
  prune(now: number): Promise<void>
}
