import type { RunReport, RunSummary } from '@sre-toolbox/contract/codex-runs'
import type { Job } from '@sre-toolbox/contract/jobs'
import type { Answer, Api } from '../../../../test/support/api.ts'
import { until } from '../../../../test/support/until.ts'

export interface ShownRun {
  readonly run: RunSummary
  readonly report: RunReport
  readonly markdown: string
}

/** Asks for a run and answers its id. */
export async function begin(api: Api, task: string, inputs: object, rest: object = {}): Promise<string> {
  const body = { inputs, ...rest }
  const { job } = await api.ask<{ job: Job }>('POST', `/api/codex/tasks/${task}/runs`, { body })
  return job.id
}

export const readRun = (api: Api, id: string) => api.ask<ShownRun>('GET', `/api/codex/runs/${id}`)

export const readJob = async (api: Api, id: string) =>
  (await api.ask<{ job: Job }>('GET', `/api/jobs/${id}`)).job

export function untilJob(api: Api, id: string, ...statuses: Job['status'][]): Promise<Job> {
  return until(`job ${id} is ${statuses.join(' or ')}`, async () => {
    const job = await readJob(api, id)
    return statuses.includes(job.status) ? job : null
  })
}

export function untilStep(api: Api, id: string, step: string, status: string): Promise<ShownRun> {
  return until(`step ${step} of run ${id} is ${status}`, async () => {
    const shown = await readRun(api, id)
    return shown.report.steps.some((each) => each.id === step && each.status === status) ? shown : null
  })
}

/** The run once its job has ended. */
export async function untilEnded(api: Api, id: string): Promise<ShownRun> {
  await untilJob(api, id, 'succeeded', 'failed', 'cancelled', 'lost')
  return readRun(api, id)
}

export function answer(
  api: Api,
  id: string,
  step: string,
  said: 'approve' | 'reject',
  comment?: string,
): Promise<Answer<{ code?: string; detail?: string }>> {
  return api.call('POST', `/api/codex/runs/${id}/answer`, {
    body: { step, answer: said, ...(comment && { comment }) },
  })
}
