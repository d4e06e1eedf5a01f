import type { ToolkitStore } from '@sre-toolbox/sdk'
import type { PointsByPart } from './keep-sample.ts'
import type { Point } from './sample.ts'
import { hours, itemsOf, keyAt, minutes } from './series.ts'

export interface HistoryInput {
  readonly part: string
  readonly resolution: 'minute' | 'hour'
  /** ISO 8601. */
  readonly since?: string
}

/** Oldest first. The hour that is not over yet is found in the minutes alone. */
export async function readHistory(
  { part, resolution, since }: HistoryInput,
  store: ToolkitStore,
): Promise<{ points: Point[] }> {
  const series = resolution === 'minute' ? minutes : hours
  const first = since === undefined ? series.prefix : keyAt(series, new Date(since).toISOString())
  const points: Point[] = []
  for await (const { key, value } of itemsOf(store, series.prefix)) {
    const point = (value as PointsByPart)[part]
    if (key >= first && point) points.push(point)
  }
  return { points }
}
