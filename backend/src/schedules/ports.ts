import type { JobStatus } from '@sre-toolbox/contract/jobs'
import type { Job, Requester } from '../jobs/index.ts'
import type { Caller } from '../kernel/caller.ts'
import type { Operation, Submission } from '../kernel/operation.ts'
import type { Request, RunResult } from '../kernel/run-operation.ts'
import type { Missed, Schedule } from './schedule.ts'

/** What toolkits offer, as schedules need to know it. */
export interface Offers {
  find(toolkit: string, operation: string): Offer | undefined
  /** Slugs of the toolkits whose operations are refused now. */
  disabled(): readonly string[]
}

export interface Offer {
  readonly operation: Operation
  /** False for what answers at once. */
  readonly isJob: boolean
}

export interface MadeJobs {
  /** Of those that are still there. */
  statuses(jobIds: readonly string[]): Promise<ReadonlyMap<string, JobStatus>>
  findByIdempotencyKey(requestedBy: string, key: string): Promise<Job | null>
}

/** The caller that a requester would be now; throws when they may no longer act. */
export type CallerFor = (requester: Requester) => Promise<Caller>

export type Run = (
  operationId: string,
  input: unknown,
  request: Request,
  submission?: Submission,
) => Promise<RunResult>

export interface ScheduleFilter {
  readonly toolkit?: string | undefined
  readonly paused?: boolean | undefined
  readonly q?: string | undefined
}

/** Where schedules live. */
export interface ScheduleStore {
  insert(schedule: Schedule): Promise<void>
  get(id: string): Promise<Schedule | null>
  /** Newest first. `cursor` is the last id seen. */
  list(filter: ScheduleFilter, page: { cursor: string | null; limit: number }): Promise<Schedule[]>
  /** Replaces what people decide; false when it was changed, or was due, since `seen` was read. */
  replace(next: Schedule, seen: Pick<Schedule, 'version' | 'nextRunAt'>): Promise<boolean>
  /** False when it is not there. */
  remove(id: string): Promise<boolean>
  /** Due and claimed by nobody, most overdue first. */
  due(now: number, withoutToolkits: readonly string[], limit: number): Promise<Schedule[]>
  /** One process gets a due time; null when another has it, or when it was changed meanwhile. */
  claim(claim: { id: string; dueAt: number; now: number; until: number }): Promise<Schedule | null>
  /** What became of a claimed due time. Moves on only what nobody moved meanwhile. */
  record(settled: Settled): Promise<void>
}

export interface Settled {
  readonly id: string
  readonly dueAt: number
  readonly claimedUntil: number
  readonly nextRunAt: number | null
  readonly outcome: { readonly jobId: string } | Missed
}
