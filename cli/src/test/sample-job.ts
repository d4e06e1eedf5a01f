import type { Job, JobStatus, LogLine } from '@sre-toolbox/contract/jobs'

export const jobId = '01890a5d-ac96-774b-bcce-b302099a8057'

/** A job as the API shows it. */
export function sampleJob(status: JobStatus, more: Partial<Job> = {}): Job {
  return {
    id: jobId,
    toolkit: 'latency-sleuth',
    operation: 'probe',
    toolkitVersion: '1.0.0',
    status,
    priority: 0,
    requestedBy: { id: jobId, name: 'ada', token: null },
    createdAt: '2026-01-31T08:00:00.000Z',
    runAt: null,
    startedAt: '2026-01-31T08:00:01.000Z',
    endedAt: null,
    attempt: 1,
    retryOf: null,
    scheduleId: null,
    progress: null,
    error: null,
    cancellation: null,
    logLines: 0,
    input: {},
    result: null,
    deadlineAt: null,
    idempotent: true,
    retries: [],
    attempts: [],
    ...more,
  }
}

export function sampleLine(seq: number, text: string, level: LogLine['level'] = 'info'): LogLine {
  return { seq, at: '2026-01-31T08:00:02.000Z', attempt: 1, level, text }
}
