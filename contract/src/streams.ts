import type { JobProgress, JobSummary, LogLine, TerminalStatus } from './jobs.ts'
import type { Access } from './roles.ts'

/** A live stream of server-sent events; resumed with `Last-Event-ID`, which every event carries. */
export interface StreamDeclaration {
  readonly id: string
  readonly title: string
  readonly description: string
  /** Below `/api`. */
  readonly path: `/${string}`
  readonly access: Access
  readonly events: readonly string[]
}

export const jobStream: StreamDeclaration = {
  id: 'jobs.events',
  title: 'Follow a job',
  description:
    'Sends `status` and `progress` as they are, then the log after `?after=<seq>` (or `Last-Event-ID`) in batches, ' +
    'all of it live, and one `end` when the job has ended and its log was sent. A stream that closes without `end` is to be resumed.',
  path: '/jobs/:jobId/events',
  access: 'toolkit.user',
  events: ['status', 'progress', 'log', 'end'],
}

/** The data of each event of a job's stream. */
export interface JobStreamEvents {
  status: JobSummary & { revision: number }
  progress: JobProgress
  /** In order, without gaps or repeats. */
  log: LogLine[]
  end: { status: TerminalStatus; job: JobSummary & { revision: number } }
}

export const eventStream: StreamDeclaration = {
  id: 'events.stream',
  title: 'Follow all changes',
  description:
    'Says what changed; read it again to see how. `reset` says that changes were missed: read everything shown again. ' +
    '`end` says why the server closes the stream.',
  path: '/events',
  access: 'toolkit.user',
  events: ['job', 'toolkit', 'reset', 'end'],
}

export interface ChangeStreamEvents {
  job: { jobId: string; revision: number; status: string }
  toolkit: { slug: string }
  reset: Record<string, never>
  end: { reason: string }
}

export const streams: readonly StreamDeclaration[] = [jobStream, eventStream]
