import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from './server.ts'

const TIMEOUT_MS = 300_000

/** The body that submits an operation of the benchmark's toolkit. */
export function submission(operation: string) {
  return { toolkit: 'bench-noop', operation, input: {} }
}

/** Runs one job and answers when it has succeeded. */
export async function runToEnd(api: Api, operation: string): Promise<void> {
  const { job } = await api.post<{ job: { id: string } }>('/jobs', submission(operation))
  const deadline = Date.now() + TIMEOUT_MS
  for (;;) {
    const now = await api.get<{ job: { status: string; error: unknown } }>(`/jobs/${job.id}`)
    if (now.job.status === 'succeeded') return
    if (!['queued', 'running'].includes(now.job.status) || Date.now() > deadline) {
      throw new Error(`The job ${job.id} is ${now.job.status}: ${JSON.stringify(now.job.error)}`)
    }
    await sleep(20)
  }
}

export async function countSucceeded(api: Api): Promise<number> {
  const { counts } = await api.get<{ counts: Record<string, number> }>('/jobs/counts')
  for (const status of ['failed', 'cancelled', 'lost']) {
    if ((counts[status] ?? 0) > 0)
      throw new Error(`There are ${counts[status]} ${status} jobs; all should succeed.`)
  }
  return counts.succeeded ?? 0
}

/** Unix time in ms at which the `count`-th job had succeeded. */
export async function untilSucceeded(api: Api, count: number): Promise<number> {
  const deadline = Date.now() + TIMEOUT_MS
  for (;;) {
    const succeeded = await countSucceeded(api)
    if (succeeded >= count) return Date.now()
    if (Date.now() > deadline) throw new Error(`${succeeded} of ${count} jobs succeeded in ${TIMEOUT_MS} ms.`)
    await sleep(20)
  }
}
