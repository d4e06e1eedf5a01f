import type { JobProgress, JobStatus } from '@sre-toolbox/contract/jobs'
import type { Tables } from '../adapters/sql/tables.ts'
import type { Attempt, CancelRequest, CancelStage, ClaimedJob, Job, Requester } from './job.ts'

/** A row of `jobs` as both dialects return it. */
export type JobRow = Tables['jobs']

const jobColumnNames: readonly (keyof JobRow)[] = [
  'id',
  'toolkit',
  'operation',
  'toolkit_version',
  'status',
  'priority',
  'revision',
  'requested_by',
  'requested_name',
  'requested_token',
  'requested_token_id',
  'idempotency_key',
  'idempotent',
  'timeout_ms',
  'created_at',
  'run_at',
  'started_at',
  'ended_at',
  'attempt',
  'attempt_started_at',
  'fence',
  'worker',
  'retry_of',
  'schedule_id',
  'log_lines',
  'progress',
  'cancellation',
  'cancel_stage',
  'error_code',
  'error_message',
]

/** While a job runs, its log grows without its row being written. */
const logLines = `case when jobs.status in ('running', 'cancelling')
  then (select coalesce(max(seq), 0) from job_logs where job_logs.job_id = jobs.id) else jobs.log_lines end as log_lines`

/** All of a job's row, for `select` and `returning`; SQLite takes no `jobs.*` in the latter. */
export const jobColumns = jobColumnNames
  .map((name) => (name === 'log_lines' ? logLines : `jobs.${name} as ${name}`))
  .join(', ')

export function toJob(row: JobRow): Job {
  return {
    ...toClaimed(row),
    idempotencyKey: row.idempotency_key,
    createdAt: row.created_at,
    runAt: row.run_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    worker: row.worker,
    retryOf: row.retry_of,
    scheduleId: row.schedule_id,
    cancellation:
      row.cancellation === null
        ? null
        : {
            ...(JSON.parse(row.cancellation) as CancelRequest),
            stage: row.cancel_stage as CancelStage | null,
          },
    error: toError(row),
  }
}

export type ClaimedRow = Pick<
  JobRow,
  | 'id'
  | 'toolkit'
  | 'operation'
  | 'toolkit_version'
  | 'status'
  | 'priority'
  | 'revision'
  | 'requested_by'
  | 'requested_name'
  | 'requested_token'
  | 'requested_token_id'
  | 'idempotent'
  | 'timeout_ms'
  | 'attempt'
  | 'attempt_started_at'
  | 'fence'
  | 'log_lines'
  | 'progress'
>

export function toClaimed(row: ClaimedRow): ClaimedJob {
  return {
    id: row.id,
    toolkit: row.toolkit,
    operation: row.operation,
    toolkitVersion: row.toolkit_version,
    status: row.status as JobStatus,
    priority: row.priority,
    revision: row.revision,
    requestedBy: toRequester(row),
    idempotent: row.idempotent === 1,
    timeoutMs: row.timeout_ms,
    attempt: row.attempt,
    attemptStartedAt: row.attempt_started_at,
    fence: row.fence,
    logLines: row.log_lines,
    progress: toProgress(row),
  }
}

export type AttemptRow = Omit<Tables['job_attempts'], 'job_id'>

export function toAttemptEntity(row: AttemptRow): Attempt {
  return {
    attempt: row.attempt,
    fence: row.fence,
    worker: row.worker,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: row.outcome as Attempt['outcome'],
    error: toError(row),
  }
}

function toError(row: { error_code: string | null; error_message: string | null }) {
  return row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' }
}

type RequesterRow = Pick<JobRow, 'requested_by' | 'requested_name' | 'requested_token' | 'requested_token_id'>

function toRequester(row: RequesterRow): Requester {
  return {
    id: row.requested_by,
    name: row.requested_name,
    token: row.requested_token,
    tokenId: row.requested_token_id,
  }
}

function toProgress({ progress }: Pick<JobRow, 'progress'>): JobProgress | null {
  return progress === null ? null : (JSON.parse(progress) as JobProgress)
}
