import { type Statement, statement } from '../adapters/sql/statement.ts'
import type { Claim, Holder } from './ports.ts'
import { type ClaimedRow, type JobRow, jobColumns } from './row.sql.ts'

const held = `jobs.id = $jobId and jobs.fence = $fence and jobs.status in ('running', 'cancelling')`

export const insertJob = statement<NewJobParams, { id: string }>(
  {
    id: 'text',
    toolkit: 'text',
    operation: 'text',
    toolkitVersion: 'text',
    status: 'text',
    priority: 'integer',
    requestedBy: 'text',
    requestedName: 'text',
    requestedToken: 'text',
    requestedTokenId: 'text',
    idempotencyKey: 'text',
    idempotent: 'integer',
    timeoutMs: 'bigint',
    createdAt: 'bigint',
    runAt: 'bigint',
    retryOf: 'text',
    scheduleId: 'text',
  },
  `insert into jobs (id, toolkit, operation, toolkit_version, status, priority, requested_by, requested_name,
     requested_token, requested_token_id, idempotency_key, idempotent, timeout_ms, created_at, run_at, retry_of,
     schedule_id, revision, attempt, fence, log_lines)
   select $id, $toolkit, $operation, $toolkitVersion, $status, $priority, $requestedBy, $requestedName,
     $requestedToken, $requestedTokenId, $idempotencyKey, $idempotent, $timeoutMs, $createdAt, $runAt, $retryOf,
     $scheduleId, 1, 0, 0, 0
   {rows} where true on conflict do nothing returning id`,
)

export const insertInput = statement<{ id: string; input: string }>(
  { id: 'text', input: 'text' },
  'insert into job_inputs (job_id, input) select $id, $input {rows}',
)

export const claimJob = statement<Claim, ClaimedRow & { input: string }>(
  { jobId: 'text', worker: 'text', at: 'bigint' },
  `update jobs set status = 'running', fence = jobs.fence + 1, attempt = jobs.attempt + 1, worker = $worker,
     started_at = coalesce(jobs.started_at, $at), attempt_started_at = $at, revision = jobs.revision + 1
   {rows} where jobs.id = $jobId and jobs.status = 'queued'
   returning jobs.id as id, toolkit, operation, toolkit_version, status, priority, revision, requested_by,
     requested_name, requested_token, requested_token_id, idempotent, timeout_ms, attempt, attempt_started_at, fence,
     log_lines, progress, (select input from job_inputs where job_inputs.job_id = jobs.id) as input`,
)

export const lockClaims = statement<Record<string, never>>({}, 'update job_claim_lock set taken = taken + 1')
export const countRunning = statement<
  Record<string, never>,
  { toolkit: string; operation: string; running: number }
>(
  {},
  `select toolkit, operation, count(*) as running from jobs where status in ('running', 'cancelling')
   group by toolkit, operation`,
)
export const operationOf = statement<{ jobId: string }, { toolkit: string; operation: string }>(
  { jobId: 'text' },
  'select toolkit, operation from jobs where id = $jobId',
)

/** On PostgreSQL the row is locked, so that nobody takes the job over between this and the lines. */
const holds = statement<Holder, Holder>(
  { jobId: 'text', fence: 'integer' },
  `select jobs.id as "jobId", jobs.fence as fence from jobs where ${held}`,
)
export const whoHolds: Statement<Holder, Holder> = {
  ...holds,
  postgresBulk: `select jobs.id as "jobId", jobs.fence as fence from jobs
    join jsonb_to_recordset($1::jsonb) as r("jobId" text, "fence" integer) on jobs.id = r."jobId"
    where jobs.fence = r."fence" and jobs.status in ('running', 'cancelling') for update of jobs`,
}

export const insertLine = statement<LineParams>(
  { jobId: 'text', seq: 'bigint', at: 'bigint', attempt: 'integer', level: 'integer', text: 'text' },
  `insert into job_logs (job_id, seq, at, attempt, level, text)
   select $jobId, $seq, $at, $attempt, $level, $text {rows}`,
)

export const updateProgress = statement<Holder & { progress: string; logLines: number }, { id: string }>(
  { jobId: 'text', fence: 'integer', progress: 'text', logLines: 'bigint' },
  `update jobs set progress = $progress, log_lines = $logLines, revision = jobs.revision + 1 {rows} where ${held} returning jobs.id as id`,
)

export const finishJob = statement<FinishParams, EndedRow>(
  {
    jobId: 'text',
    fence: 'integer',
    status: 'text',
    at: 'bigint',
    errorCode: 'text',
    errorMessage: 'text',
    stage: 'text',
    progress: 'text',
    logLines: 'bigint',
  },
  `update jobs set
     status = case when jobs.status = 'cancelling' then 'cancelled' else $status end,
     ended_at = case when jobs.status = 'running' and $status in ('queued', 'waiting_approval') then null else $at end,
     error_code = case when jobs.status = 'cancelling' or $status = 'queued' then null else $errorCode end,
     error_message = case when jobs.status = 'cancelling' or $status = 'queued' then null else $errorMessage end,
     cancel_stage = case when jobs.status = 'cancelling' then $stage else null end,
     progress = coalesce($progress, jobs.progress), log_lines = $logLines,
     revision = jobs.revision + 1
   {rows} where ${held} returning jobs.id as id, jobs.status as status, jobs.revision as revision, jobs.priority as priority,
     jobs.attempt as attempt, jobs.fence as fence, jobs.attempt_started_at as attempt_started_at, jobs.worker as held_by,
     jobs.toolkit as toolkit, jobs.operation as operation, jobs.started_at as started_at, jobs.ended_at as ended_at`,
)

export const resumeJob = statement<{ jobId: string }, JobRow>(
  { jobId: 'text' },
  `update jobs set status = 'queued', revision = jobs.revision + 1
   {rows} where jobs.id = $jobId and jobs.status = 'waiting_approval' returning ${jobColumns}`,
)

export const insertAttempt = statement<AttemptParams>(
  {
    jobId: 'text',
    attempt: 'integer',
    fence: 'integer',
    worker: 'text',
    startedAt: 'bigint',
    endedAt: 'bigint',
    outcome: 'text',
    errorCode: 'text',
    errorMessage: 'text',
  },
  `insert into job_attempts (job_id, attempt, fence, worker, started_at, ended_at, outcome, error_code, error_message)
   select $jobId, $attempt, $fence, $worker, $startedAt, $endedAt, $outcome, $errorCode, $errorMessage {rows}`,
)

export const insertResult = statement<{ jobId: string; result: string }>(
  { jobId: 'text', result: 'text' },
  'insert into job_results (job_id, result) select $jobId, $result {rows}',
)

export const cancelJob = statement<
  { jobId: string; cancellation: string; at: number; force: number },
  JobRow
>(
  { jobId: 'text', cancellation: 'text', at: 'bigint', force: 'integer' },
  `update jobs set
     status = case when jobs.status in ('running', 'cancelling') then 'cancelling' else 'cancelled' end,
     ended_at = case when jobs.status in ('running', 'cancelling') then null else $at end,
     cancel_stage = case when jobs.status in ('running', 'cancelling') then null else 'before_start' end,
     cancellation = case when jobs.status = 'cancelling' and $force = 0 then jobs.cancellation else $cancellation end,
     revision = jobs.revision + 1
   {rows} where jobs.id = $jobId
     and jobs.status in ('scheduled', 'waiting_approval', 'queued', 'running', 'cancelling')
   returning ${jobColumns}`,
)

export interface NewJobParams {
  id: string
  toolkit: string
  operation: string
  toolkitVersion: string
  status: string
  priority: number
  requestedBy: string
  requestedName: string
  requestedToken: string | null
  requestedTokenId: string | null
  idempotencyKey: string | null
  idempotent: number
  timeoutMs: number
  createdAt: number
  runAt: number | null
  retryOf: string | null
  scheduleId: string | null
}
export interface LineParams {
  jobId: string
  seq: number
  at: number
  attempt: number
  level: number
  text: string
}
export interface FinishParams extends Holder {
  status: string
  at: number
  errorCode: string | null
  errorMessage: string | null
  stage: string
  progress: string | null
  logLines: number
}
export interface AttemptParams {
  jobId: string
  attempt: number
  fence: number
  worker: string
  startedAt: number
  endedAt: number
  outcome: string
  errorCode: string | null
  errorMessage: string | null
}
export type EndedRow = Pick<
  JobRow,
  | 'id'
  | 'status'
  | 'revision'
  | 'priority'
  | 'attempt'
  | 'fence'
  | 'attempt_started_at'
  | 'toolkit'
  | 'operation'
  | 'started_at'
  | 'ended_at'
> & { held_by: string }
