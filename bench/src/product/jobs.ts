import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from './server.ts'

const TIMEOUT_MS = 300_000
const POLL_MS = 20

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
    await sleep(POLL_MS)
  }
}

/** Rejects when a job ended in any way but succeeded. */
export async function countSucceeded(api: Api): Promise<number> {
  const { counts } = await api.get<{ counts: Record<string, number> }>('/jobs/counts')
  for (const status of ['failed', 'cancelled', 'lost']) {
    if ((counts[status] ?? 0) > 0)
      throw new Error(`There are ${counts[status]} ${status} jobs; all should succeed.`)
  }
  return counts.succeeded ?? 0
}

/**
 * Unix time in ms at which no submitted job was left without an end. Asks for one such job, because that costs the
 * server next to nothing while it works; counting all jobs would slow down what is measured.
 */
export async function untilNoneLeft(anyLeft: () => Promise<boolean>): Promise<number> {
  const deadline = Date.now() + TIMEOUT_MS
  while (await anyLeft()) {
    if (Date.now() > deadline) throw new Error(`Jobs are still left after ${TIMEOUT_MS} ms.`)
    await sleep(POLL_MS)
  }
  return Date.now()
}

/** The states a submitted job passes before it ends. */
export const UNDER_WAY = ['queued', 'running'] as const

export async function isAnyLeft(api: Api): Promise<boolean> {
  const { items } = await api.get<{ items: unknown[] }>(`/jobs?status=${UNDER_WAY.join()}&limit=1`)
  return items.length > 0
}
