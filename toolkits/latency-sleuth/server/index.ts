import { defineOperation, defineToolkit } from '@sre-toolbox/sdk'
import { cardOf } from './card.ts'
import { type HistoryInput, readHistory, readTargets } from './history.ts'
import { type ProbeInput, probe } from './probe.ts'
import { type Target, takeSample } from './sample.ts'

export default defineToolkit({
  operations: {
    probe: defineOperation((input: ProbeInput, context) => probe(input, context)),
    quick: defineOperation((input: Target, context) => takeSample(1, input, context)),
    history: defineOperation((input: HistoryInput, context) => readHistory(input, context.store)),
    targets: defineOperation((_input, context) => readTargets(context.store)),
    card: defineOperation(async (_input, { store }) => cardOf((await readTargets(store)).items, Date.now())),
  },
})
