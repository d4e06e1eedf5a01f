import { defineOperation, defineToolkit } from '@sre-toolbox/sdk'

export default defineToolkit({
  operations: {
    noop: defineOperation((_input, { log }) => {
      log.info('noop ran')
      return {}
    }),
    startedAt: defineOperation(() => ({ at: performance.timeOrigin + performance.now() })),
  },
})
