import type { ToolkitStore } from '@sre-toolbox/sdk'
import { rollUp } from './roll-up.ts'
import { latestKey, type Point, type Sample } from './sample.ts'
import { hours, itemsOf, keyAt, minutes, prune } from './series.ts'

export type PointsByPart = Readonly<Record<string, Point>>

/** Keeps a sample as its minute. The first sample of a new hour sums up the hour before it, and drops what is too old. */
export async function keepSample(store: ToolkitStore, sample: Sample): Promise<void> {
  const before = (await store.get(latestKey))?.value as Sample | undefined
  await store.put(keyAt(minutes, sample.at), pointsOf(sample))
  if (before && keyAt(hours, before.at) !== keyAt(hours, sample.at)) {
    await rollUpHour(store, before.at)
    await prune(store, minutes, sample.at)
    await prune(store, hours, sample.at)
  }
  // Last, so that an hour that could not be summed up is tried again.
  await store.put(latestKey, sample)
}

function pointsOf({ at, parts }: Sample): PointsByPart {
  return Object.fromEntries(
    parts.map(({ name, status, measures }) => [name, { at, status, measures, highest: measures }]),
  )
}

async function rollUpHour(store: ToolkitStore, at: string): Promise<void> {
  const hour = at.slice(0, hours.precision)
  const byPart = new Map<string, Point[]>()
  for await (const { value } of itemsOf(store, minutes.prefix + hour)) {
    for (const [name, point] of Object.entries(value as PointsByPart)) {
      byPart.set(name, [...(byPart.get(name) ?? []), point])
    }
  }
  const points = [...byPart].map(([name, all]) => [name, rollUp(`${hour}:00:00.000Z`, all)])
  await store.put(keyAt(hours, at), Object.fromEntries(points))
}
