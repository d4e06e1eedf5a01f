import type { StoredItem, StorePage, ToolkitStore } from '@sre-toolbox/sdk'

/**
 * Two series of keys that sort by time: `minute/2030-01-02T03:04` for a day, then `hour/2030-01-02T03` for a month. Each key holds
 * the points of all parts, by name.
 */
export interface Series {
  readonly prefix: string
  /** Characters of an ISO time that name a key. */
  readonly precision: number
  readonly keptMs: number
}

const hourMs = 3_600_000
export const minutes: Series = { prefix: 'minute/', precision: 16, keptMs: 24 * hourMs }
export const hours: Series = { prefix: 'hour/', precision: 13, keptMs: 30 * 24 * hourMs }
const pageSize = 500

export function keyAt({ prefix, precision }: Series, at: string): string {
  return prefix + at.slice(0, precision)
}

/** Ascending by key. */
export async function* itemsOf(store: ToolkitStore, prefix: string): AsyncGenerator<StoredItem> {
  let cursor: string | null = null
  do {
    const page: StorePage = await store.list({ prefix, limit: pageSize, ...(cursor ? { cursor } : {}) })
    yield* page.items
    cursor = page.nextCursor
  } while (cursor)
}

/** Deletes what is older than the series keeps. */
export async function prune(store: ToolkitStore, series: Series, now: string): Promise<void> {
  const oldest = keyAt(series, new Date(Date.parse(now) - series.keptMs).toISOString())
  for await (const { key } of itemsOf(store, series.prefix)) {
    if (key >= oldest) return
    await store.delete(key)
  }
}
