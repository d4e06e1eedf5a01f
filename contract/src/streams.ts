import { z } from 'zod'
import { empty, id } from './common.ts'
import type { JobProgress, JobSummary, LogLine, TerminalStatus } from './jobs.ts'
import { declare, type OperationDeclaration } from './operation.ts'

/**
 * Live streams of server-sent events, guarded like operations but not run by the runner. Every event carries an id;
 * `Last-Event-ID` resumes after it.
 */
export const followJob = declare({
  id: 'jobs.events',
  title: 'Follow a job',
  description:
    'Sends `status` and `progress` as they are now, then `log` (an array of lines) from `after` or `Last-Event-ID` on, ' +
    'all of it live, and one `end` when the job has ended and its whole log was sent. ' +
    'A stream that closes without `end` is to be resumed.',
  method: 'GET',
  path: '/jobs/:jobId/events',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({
    jobId: id,
    after: z.coerce
      .number()
      .int()
      .min(0)
      .default(0)
      .describe('log lines after this one; `Last-Event-ID` wins'),
  }),
  output: z.string().describe('text/event-stream'),
})

/** The data of each event of a job's stream, as JSON. */
export interface JobStreamEvents {
  status: JobSummary & { revision: number }
  progress: JobProgress
  /** In order, without gaps or repeats. */
  log: readonly LogLine[]
  end: { status: TerminalStatus; job: JobSummary & { revision: number } }
}

export const followChanges = declare({
  id: 'events.stream',
  title: 'Follow all changes',
  description:
    'Says what changed (`job`, `toolkit`, `schedule`, `codex`); read it again to see how. `reset` says that changes were ' +
    'missed: read again all that is shown. `end` says why the server closes the stream.',
  method: 'GET',
  path: '/events',
  access: 'toolkit.user',
  effect: 'read',
  input: empty,
  output: z.string().describe('text/event-stream'),
})

export interface ChangeStreamEvents {
  job: { jobId: string; revision: number; status: string }
  toolkit: { slug: string }
  schedule: { scheduleId: string }
  codex: { workspaceId: string }
  reset: Record<string, never>
  end: { reason: string }
}

export const streams: readonly OperationDeclaration[] = [followJob, followChanges]
