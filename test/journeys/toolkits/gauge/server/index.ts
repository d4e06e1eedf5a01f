import { defineOperation, defineToolkit } from '@sre-toolbox/sdk'

export default defineToolkit({
  operations: {
    level: defineOperation<{ tank: string }, object>(({ tank }) => ({ tank, level: 42 })),
    fill: defineOperation((_input, { log, progress }) => {
      progress({ percent: 50, message: 'Half full' })
      log.info('water runs')
      return { level: 100 }
    }),
  },
})
