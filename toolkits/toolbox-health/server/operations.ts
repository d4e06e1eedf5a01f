import { defineOperation, type Toolkit, type ToolkitStore } from '@sre-toolbox/sdk'
import { cardOf } from './card.ts'
import { type HistoryInput, readHistory } from './history.ts'
import { keepSample } from './keep-sample.ts'
import { latestKey, type Sample } from './sample.ts'
import { takeSample } from './take-sample.ts'
import { readTimeline, type TimelineInput } from './timeline.ts'

/** `now` is the wall clock in milliseconds since the epoch. */
export function createOperations(now: () => number): Toolkit {
  return {
    operations: {
      sample: defineOperation(async (_input, context) => {
        const sample = await takeSample(context, now())
        await keepSample(context.store, sample)
        return sample
      }),
      current: defineOperation(async (_input, { store }) => ({ sample: await latestOf(store) })),
      card: defineOperation(async (_input, { store }) => cardOf(await latestOf(store))),
      history: defineOperation((input: HistoryInput, { store }) => readHistory(input, store)),
      timeline: defineOperation((input: TimelineInput, { store }) => readTimeline(input, store)),
    },
    health: defineOperation(async (_input, context) => {
      const sample = await takeSample(context, now())
      await keepSample(context.store, sample)
      return { status: sample.status, message: sample.message }
    }),
  }
}

async function latestOf(store: ToolkitStore): Promise<Sample | null> {
  return ((await store.get(latestKey))?.value ?? null) as Sample | null
}
