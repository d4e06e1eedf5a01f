import { defineOperation, defineToolkit } from '@sre-toolbox/sdk'

export default defineToolkit({
  operations: {
    level: defineOperation<{ tank: string }, object>(({ tank }) => ({ tank, level: 7 })),
    drain: defineOperation<{ tank: string }, object>(({ tank }) => ({ tank, level: 0 })),
  },
})
