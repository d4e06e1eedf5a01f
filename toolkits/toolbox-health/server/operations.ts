import { defineOperation, type Toolkit } from '@sre-toolbox/sdk'
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
      current: defineOperation(async (_input, { store }) => {
        const latest = await store.get(latestKey)
        return { sample: (latest?.value ?? null) as Sample | null }
      }),
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
