import type { JobProgress, JobStatus, LogLine } from '@sre-toolbox/contract/jobs'

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
  readonly requestedBy: { readonly id: string; readonly name: string }
}

export interface WorkReports {
  /** Resolves when the lines are durable. */
  log(lines: readonly { at: number; level: LogLine['level']; text: string }[]): Promise<void>
  progress(update: Partial<Omit<JobProgress, 'throughput' | 'remainingSeconds'>>): void
}

export interface Execution {
  readonly ended: Promise<WorkEnd>
  abort(reason: string): void
  /** Resolves when the process that ran it is verified dead. */
  kill(): Promise<void>
}

export type WorkEnd =
  | { readonly kind: 'succeeded'; readonly output: unknown }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  | { readonly kind: 'exited'; readonly message: string }

/** A broker. It carries ids only and may forget, repeat or reorder them: the database is the truth. */
export interface JobQueue {
  readonly engine: string
  push(references: readonly JobReference[]): Promise<void>
  /** Takes what waits, most urgent first, at most `limit`. */
  take(limit: number): readonly string[]
  remove(jobId: string): Promise<void>
  /** Called when there may be something to take. */
  onReady(listener: () => void): void
  inspect(jobId: string): Promise<{ queue: string; keys: string[]; state: string; attempts: number | null }>
  depth(): Promise<number>
  close(): Promise<void>
}

export interface JobReference {
  readonly jobId: string
  readonly priority: number
}
export type { JobStatus }
