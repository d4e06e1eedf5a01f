import { randomUUID } from 'node:crypto'
import type { JobStatus, LogLine } from '@sre-toolbox/contract/jobs'
import { ToolboxError } from '../../../kernel/errors.ts'
import type { EventBus } from '../../../kernel/event-bus.ts'
import type { JobSnapshot, JobsFeed } from '../job-channels.ts'

/** One job that tests drive by hand; what it does is announced as the product would. */
export function createTestJobs(events: EventBus) {
  const id = randomUUID()
  const lines: LogLine[] = []
  let status: JobStatus = 'running'
  let revision = 1
  let reads = 0

  function summary() {
    return {
      id,
      toolkit: 'demo',
      operation: 'run',
      toolkitVersion: '1.0.0',
      status,
      priority: 0,
      requestedBy: { id: 'u1', name: 'ada', token: null },
      createdAt: '2030-01-01T00:00:00.000Z',
      runAt: null,
      startedAt: null,
      endedAt: null,
      attempt: 1,
      retryOf: null,
      scheduleId: null,
      progress: null,
      error: null,
      cancellation: null,
      logLines: lines.length,
    } satisfies Omit<JobSnapshot, 'revision'>
  }

  const feed: JobsFeed = {
    async get(jobId) {
      if (jobId !== id) throw new ToolboxError('not_found', `No job has the id ${jobId}.`)
      return { ...summary(), revision }
    },
    async logsAfter(_jobId, seq, limit) {
      reads++
      return lines.slice(seq, seq + limit)
    },
  }

  return {
    id,
    summary,
    feed,
    logReads: () => reads,
    log(count: number, text = 'line') {
      for (let index = 0; index < count; index++) {
        const seq = lines.length + 1
        lines.push({ seq, at: new Date().toISOString(), attempt: 1, level: 'info', text: `${text} ${seq}` })
      }
      events.publish('log', { jobId: id, seq: lines.length })
    },
    progress(percent: number) {
      events.publish('progress', { jobId: id, progress: { percent } })
    },
    move(to: JobStatus) {
      status = to
      revision++
      events.publish('job', { jobId: id, revision, status })
    },
  }
}
