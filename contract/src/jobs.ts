import { z } from 'zod'
import { id, idempotencyKey, instant, json, page, pageQuery, reason, slug } from './common.ts'
import { declare } from './operation.ts'

export const activeStatuses = ['scheduled', 'waiting_approval', 'queued', 'running', 'cancelling'] as const
export const terminalStatuses = ['succeeded', 'failed', 'cancelled', 'lost'] as const
export const jobStatuses = [...activeStatuses, ...terminalStatuses] as const
export const jobStatus = z.enum(jobStatuses)
export type JobStatus = z.infer<typeof jobStatus>
export type TerminalStatus = (typeof terminalStatuses)[number]

export function isTerminal(status: JobStatus): status is TerminalStatus {
  return (terminalStatuses as readonly JobStatus[]).includes(status)
}

export const stepStatus = z.enum(['pending', 'running', 'succeeded', 'failed', 'skipped'])
export const jobStep = z.object({ id: z.string(), title: z.string(), status: stepStatus })
export const jobProgress = z.object({
  /** 0 to 100. */
  percent: z.number().min(0).max(100).nullable(),
  message: z.string().nullable(),
  steps: z.array(jobStep),
  done: z.number().nullable(),
  total: z.number().nullable(),
  unit: z.string().nullable(),
  /** `unit` a second, over the whole attempt. */
  throughput: z.number().nullable(),
  remainingSeconds: z.number().nullable(),
})
export type JobProgress = z.infer<typeof jobProgress>

export const requester = z.object({
  id: z.string(),
  name: z.string(),
  /** The API token it came by, when it did. */
  token: z.string().nullable(),
})

export const jobError = z.object({ code: z.string(), message: z.string() })

export const cancellation = z.object({
  at: instant,
  by: z.string(),
  reason: z.string().nullable(),
  force: z.boolean(),
  /** What ended it: never started, the handler obeyed its signal, or its process was killed. */
  stage: z.enum(['before_start', 'handler', 'killed', 'worker_gone']).nullable(),
})

/** A job as lists show it: never with payloads. */
export const jobSummary = z.object({
  id,
  toolkit: z.string(),
  operation: z.string(),
  toolkitVersion: z.string(),
  status: jobStatus,
  priority: z.number().int(),
  requestedBy: requester,
  createdAt: instant,
  runAt: instant.nullable(),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  attempt: z.number().int(),
  retryOf: id.nullable(),
  /** The schedule that made it, when one did. */
  scheduleId: id.nullable(),
  progress: jobProgress.nullable(),
  error: jobError.nullable(),
  cancellation: cancellation.nullable(),
  /** Lines in the log so far. */
  logLines: z.number().int(),
})
export type JobSummary = z.infer<typeof jobSummary>

export const jobAttempt = z.object({
  attempt: z.number().int(),
  /** The fencing token it wrote with. */
  fence: z.number().int(),
  worker: z.string(),
  startedAt: instant,
  endedAt: instant.nullable(),
  outcome: z.enum(['running', 'succeeded', 'failed', 'cancelled', 'interrupted', 'waiting', 'lost']),
  error: jobError.nullable(),
})
export type JobAttempt = z.infer<typeof jobAttempt>

export const job = jobSummary.extend({
  input: json,
  result: json,
  deadlineAt: instant.nullable(),
  idempotent: z.boolean(),
  retries: z.array(id).describe('jobs that retried this one'),
  attempts: z.array(jobAttempt),
})
export type Job = z.infer<typeof job>

export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export const logLine = z.object({
  /** 1-based, without gaps, over all attempts. */
  seq: z.number().int(),
  at: instant,
  attempt: z.number().int(),
  level: z.enum(logLevels),
  text: z.string(),
})
export type LogLine = z.infer<typeof logLine>

export const brokerView = z.object({
  engine: z.string(),
  queue: z.string(),
  /** Keys the broker holds for the job, such as Redis keys. */
  keys: z.array(z.string()),
  brokerState: z.string().describe('what the broker itself says, or `absent`'),
  brokerAttempts: z.number().int().nullable(),
  status: jobStatus,
  fence: z.number().int(),
  worker: z.string().nullable(),
  leaseExpiresAt: instant.nullable(),
})
export type BrokerView = z.infer<typeof brokerView>

const steered = z.object({ job: jobSummary, broker: z.object({ before: brokerView, after: brokerView }) })

export const submitJob = declare({
  id: 'jobs.submit',
  title: 'Submit a job',
  method: 'POST',
  path: '/jobs',
  access: 'delegated',
  effect: 'write',
  delegates: true,
  status: 202,
  headers: { idempotencyKey: 'idempotency-key' },
  input: z.strictObject({
    toolkit: slug,
    operation: z.string().min(1).max(128),
    input: z.record(z.string(), z.unknown()).default({}),
    priority: z.number().int().min(-100).max(100).default(0).describe('higher runs first'),
    runAt: instant.optional().describe('not before this time'),
    reason,
    idempotencyKey: idempotencyKey.optional(),
  }),
  output: z.object({ job: jobSummary }),
})

export const listJobs = declare({
  id: 'jobs.list',
  title: 'List jobs',
  description:
    'Newest first. Every filter narrows; `since` and `until` are about when a job was made; `status` may be given several times or with commas.',
  method: 'GET',
  path: '/jobs',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({
    toolkit: z.string().max(63).optional(),
    operation: z.string().max(128).optional(),
    status: z
      .union([z.string(), z.array(z.string())])
      .transform((value) => (Array.isArray(value) ? value : value.split(',')))
      .pipe(z.array(jobStatus).max(jobStatuses.length))
      .optional(),
    requestedBy: z.string().max(200).optional().describe('user id or name'),
    scheduleId: id.optional().describe('only jobs that this schedule made'),
    since: instant.optional(),
    until: instant.optional(),
    endedSince: instant.optional(),
    endedUntil: instant.optional(),
    q: z.string().trim().min(1).max(200).optional().describe('text in id, operation, requester or error'),
    ...pageQuery,
  }),
  output: page(jobSummary),
})

export const countJobs = declare({
  id: 'jobs.counts',
  title: 'Count jobs by status',
  method: 'GET',
  path: '/jobs/counts',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({}),
  output: z.object({
    counts: z.record(jobStatus, z.number().int()),
    oldestQueuedAt: instant.nullable(),
  }),
})

const byId = z.strictObject({ jobId: id })

export const getJob = declare({
  id: 'jobs.get',
  title: 'Show a job',
  method: 'GET',
  path: '/jobs/:jobId',
  access: 'toolkit.user',
  effect: 'read',
  input: byId,
  output: z.object({ job }),
})

export const readJobLogs = declare({
  id: 'jobs.logs',
  title: "Read a window of a job's log",
  description:
    '`after` reads forward from a line, `before` reads the lines that precede it, neither reads from the start. ' +
    'With `q` or `level` it looks at 20,000 lines at most: `nextCursor` says from where to go on, also when nothing fitted.',
  method: 'GET',
  path: '/jobs/:jobId/logs',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({
    jobId: id,
    after: z.coerce.number().int().min(0).optional(),
    before: z.coerce.number().int().min(1).optional(),
    limit: z.coerce.number().int().min(1).max(5000).default(500),
    q: z.string().min(1).max(200).optional().describe('only lines that contain this text, any case'),
    level: z.enum(logLevels).optional().describe('only this level and above'),
  }),
  output: z.object({ items: z.array(logLine), nextCursor: z.string().nullable(), total: z.number().int() }),
})

export const cancelJob = declare({
  id: 'jobs.cancel',
  title: 'Cancel a job',
  method: 'POST',
  path: '/jobs/:jobId/cancel',
  access: 'toolkit.user',
  effect: 'write',
  status: 202,
  input: z.strictObject({
    jobId: id,
    reason: z.string().trim().max(2000).optional(),
    force: z.boolean().default(false).describe('kill at once, without the grace period'),
  }),
  output: steered,
})

export const retryJob = declare({
  id: 'jobs.retry',
  title: 'Retry a job',
  description: 'Makes a new job linked to this one, pinned to a toolkit version, authorised afresh.',
  method: 'POST',
  path: '/jobs/:jobId/retry',
  access: 'delegated',
  effect: 'write',
  delegates: true,
  status: 202,
  headers: { idempotencyKey: 'idempotency-key' },
  input: z.strictObject({
    jobId: id,
    input: z.record(z.string(), z.unknown()).optional().describe('instead of the input of the first'),
    reason,
    idempotencyKey: idempotencyKey.optional(),
  }),
  output: steered,
})

export const inspectJob = declare({
  id: 'jobs.inspect',
  title: 'Ask the broker about a job',
  method: 'GET',
  path: '/jobs/:jobId/inspect',
  access: 'toolkit.user',
  effect: 'read',
  input: byId,
  output: brokerView,
})

export const jobOperations = [
  submitJob,
  listJobs,
  countJobs,
  getJob,
  readJobLogs,
  cancelJob,
  retryJob,
  inspectJob,
] as const
