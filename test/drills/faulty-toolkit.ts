import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from '../support/api.ts'
import { startToolbox } from '../support/toolbox.ts'
import { type Drill, drillToolkits } from './drill.ts'
import { submit, untilEnded, untilStatus } from './jobs.ts'

interface Size {
  readonly rounds: number
}

const misdeeds = ['exit', 'killItself', 'throwLater', 'eatMemory', 'eatBuffers', 'flood', 'hang'] as const

/** A toolkit that runs out of memory, hangs, exits, floods its log and kills itself, while others work. */
export const faultyToolkit: Drill<Size> = {
  id: 'F9',
  title: 'toolkit that does all it must not do',
  target: 'API 0 × 5xx; toolkit restarted ≤ 5 s; others unaffected',
  short: { rounds: 1 },
  long: { rounds: 5 },
  async run({ rounds }) {
    await using toolbox = await startToolbox({
      settings: {
        TOOLBOX_EXTRA_TOOLKITS: drillToolkits,
        LOG_LEVEL: 'error',
        TOOLBOX_CANCEL_GRACE_SECONDS: '1',
      },
    })
    const { api } = toolbox
    const bystanders = watchBystanders(api)
    const faults: string[] = []
    let slowest = 0
    for (let round = 0; round < rounds; round++) {
      const steady = await submit(api, { operation: 'waitOnce', input: { ms: 2000 } })
      for (const misdeed of misdeeds) {
        const { fault, restartMs } = await commit(api, misdeed)
        if (fault) faults.push(`${misdeed}: ${fault}`)
        slowest = Math.max(slowest, restartMs)
        if (restartMs > 5000)
          faults.push(`${misdeed}: the toolkit was back only after ${restartMs.toFixed(0)} ms`)
      }
      const after = await untilEnded(api, steady.id)
      if (after.status !== 'succeeded' || after.attempt !== 1) {
        faults.push(`a job of another toolkit ${after.status} in attempt ${after.attempt}`)
      }
    }
    const { asked, troubles, slowestMs } = await bystanders.stop()
    faults.push(...troubles)
    return {
      measured: `${rounds * misdeeds.length} misdeeds, toolkit back after ${(slowest / 1000).toFixed(1)} s at most; ${asked} requests beside them, ${troubles.length} not served, the slowest took ${slowestMs.toFixed(0)} ms`,
      faults,
    }
  },
}

/** How long until the toolkit works again, counted from the end of the job that did it harm. */
async function commit(
  api: Api,
  misdeed: (typeof misdeeds)[number],
): Promise<{ fault: string | null; restartMs: number }> {
  const { id } = await submit(api, { toolkit: 'faulty', operation: misdeed, input: {} })
  if (misdeed === 'hang') {
    await untilStatus(api, id, 'running')
    await api.ask('POST', `/api/jobs/${id}/cancel`, { body: {} })
  }
  const job = await untilEnded(api, id, 40_000)
  const endedAt = performance.now()
  const wanted = misdeed === 'hang' ? 'cancelled' : misdeed === 'flood' ? 'succeeded' : 'failed'
  const fault =
    job.status === wanted ? null : `the job ${job.status} instead of ${wanted}: ${job.error?.message}`
  for (;;) {
    const { status, text } = await api.call('POST', '/api/toolkits/faulty/operations/fine', { body: {} })
    const restartMs = performance.now() - endedAt
    if (status === 200) return { fault, restartMs }
    if (status >= 500 || restartMs > 10_000) return { fault: `then ${text}`, restartMs }
  }
}

/** Uses the API and another toolkit all the while. */
function watchBystanders(api: Api) {
  const stopped = new AbortController()
  const troubles: string[] = []
  let asked = 0
  let slowestMs = 0
  const requests = [
    ['GET', '/api/jobs', undefined],
    ['GET', '/readyz', undefined],
    ['GET', '/api/runtime/status', undefined],
    ['POST', '/api/toolkits/drill/operations/echo', { text: 'still here' }],
  ] as const

  const watching = (async () => {
    while (!stopped.signal.aborted) {
      for (const [method, path, body] of requests) {
        const startedAt = performance.now()
        const { status, text } = await api.call(method, path, body ? { body } : {})
        slowestMs = Math.max(slowestMs, performance.now() - startedAt)
        asked++
        if (status !== 200) troubles.push(`${method} ${path} answered ${status}: ${text}`)
      }
      await sleep(20)
    }
  })()
  return {
    async stop() {
      stopped.abort()
      await watching
      return { asked, troubles, slowestMs }
    },
  }
}
