import type { Job, JobSummary, LogLine } from '@sre-toolbox/contract/jobs'
import { isTerminal } from '@sre-toolbox/contract/jobs'
import type { Api } from '../support/api.ts'
import { until } from '../support/until.ts'

export type { Job, JobSummary, LogLine }

export interface Submission {
  readonly toolkit?: string
  readonly operation: string
  readonly input: object
}

export async function submit(
  api: Api,
  { toolkit = 'drill', operation, input }: Submission,
  headers = {},
): Promise<JobSummary> {
  const body = { toolkit, operation, input }
  return (await api.ask<{ job: JobSummary }>('POST', '/api/jobs', { body, headers })).job
}

export async function readJob(api: Api, id: string): Promise<Job> {
  return (await api.ask<{ job: Job }>('GET', `/api/jobs/${id}`)).job
}

export async function readLog(api: Api, id: string): Promise<LogLine[]> {
  return (await api.ask<{ items: LogLine[] }>('GET', `/api/jobs/${id}/logs?limit=5000`)).items
}

export async function untilStatus(api: Api, id: string, ...statuses: Job['status'][]): Promise<Job> {
  return until(`job ${id} is ${statuses.join(' or ')}`, async () => {
    const job = await readJob(api, id)
    if (statuses.includes(job.status)) return job
    if (isTerminal(job.status)) throw new Error(`job ${id} ended ${job.status}: ${job.error?.message}`)
    return null
  })
}

export async function untilEnded(api: Api, id: string, withinMs?: number): Promise<Job> {
  const read = async () => {
    const job = await readJob(api, id)
    return isTerminal(job.status) ? job : null
  }
  return until(`job ${id} has ended`, read, withinMs)
}

/** Resolves when no job is on its way any more. */
export async function untilQuiet(api: Api, withinMs: number): Promise<void> {
  await until(
    'every job has ended',
    async () => {
      const { counts } = await api.ask<{ counts: Record<string, number> }>('GET', '/api/jobs/counts')
      const active = ['scheduled', 'waiting_approval', 'queued', 'running', 'cancelling']
      return active.every((status) => !counts[status]) || null
    },
    withinMs,
  )
}
