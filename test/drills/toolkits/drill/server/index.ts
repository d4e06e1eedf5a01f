import { setTimeout as sleep } from 'node:timers/promises'
import { defineOperation, defineToolkit, type ToolkitContext } from '@sre-toolbox/sdk'

type Acknowledged = Record<string, number>
interface Wait {
  ms: number
  stubborn: boolean
}

/** What the control plane said was stored, told apart from what it then shows. */
async function witness({ lines, pauseMs }: { lines: number; pauseMs: number }, context: ToolkitContext) {
  const { job, log, store } = context
  const key = `acknowledged/${job?.id}`
  const acknowledged: Acknowledged = { ...((await store.get(key))?.value as Acknowledged | undefined) }
  for (let line = 1; line <= lines; line++) {
    log.info(`attempt ${job?.attempt} line ${line}`)
    await log.flush()
    acknowledged[String(job?.attempt)] = line
    await store.put(key, acknowledged)
    await sleep(pauseMs)
  }
  return { acknowledged }
}

async function wait({ ms, stubborn }: Wait, { log, signal }: ToolkitContext) {
  const until = performance.now() + ms
  while (performance.now() < until) {
    log.info('waiting')
    const pause = Math.min(100, Math.max(0, until - performance.now()))
    await sleep(pause, null, stubborn ? {} : { signal })
  }
  return {}
}

export default defineToolkit({
  operations: {
    witness: defineOperation(witness),
    wait: defineOperation(wait),
    waitOnce: defineOperation(wait),
    echo: defineOperation(({ text }: { text: string }) => ({ text })),
  },
})
