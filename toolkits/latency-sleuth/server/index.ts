import { defineOperation, defineToolkit } from '@sre-toolbox/sdk'
import { type HistoryInput, readHistory } from './history.ts'
import { type ProbeInput, probe } from './probe.ts'
import { type Target, takeSample } from './sample.ts'

export default defineToolkit({
  operations: {
    probe: defineOperation((input: ProbeInput, context) => probe(input, context)),
    quick: defineOperation((input: Target, context) => takeSample(1, input, context)),
    history: defineOperation((input: HistoryInput, context) => readHistory(input, context.store)),
  },
})
