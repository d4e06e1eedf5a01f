import { setTimeout as sleep } from 'node:timers/promises'
import { defineOperation, defineToolkit } from '@sre-toolbox/sdk'

export default defineToolkit({
  operations: {
    noop: defineOperation((_input, { log }) => {
      log.info('noop ran')
      return {}
    }),
    startedAt: defineOperation(() => ({ at: performance.timeOrigin + performance.now() })),
    write: defineOperation(async ({ lines, linesASecond }: WriteInput, { log, signal }) => {
      const startedAt = Date.now()
      for (let written = 0; written < lines; ) {
        const due = Math.min(lines, Math.floor(((Date.now() - startedAt) / 1000) * linesASecond))
        for (; written < due; written++) log.info(`written ${Date.now()} as line ${written}`)
        await sleep(10, null, { signal })
      }
      return {}
    }),
  },
})

interface WriteInput {
  readonly lines: number
  readonly linesASecond: number
}
