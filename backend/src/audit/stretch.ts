import type { AuditFilter, AuditStore } from './ports.ts'

/** Entries after `after`, up to and including `through`. */
export interface Stretch {
  readonly after: number
  readonly through: number
}

/** Several processes write one chain, so that times may go back by as much as their clocks differ. */
const clocksDifferMs = 600_000
/** So many entries are looked at for one answer, however few of them fit the filter. */
export const mostLookedAt = 20_000

/** Where entries of the filter's time span can be: all of the chain, or what bisecting it by time leaves. */
export async function stretchOf(store: AuditStore, { since, until }: AuditFilter): Promise<Stretch> {
  const { start, head } = await store.ends()
  const whole = { after: start.seq, through: head.seq }
  return {
    after: since === undefined ? whole.after : (await firstAt(store, whole, since - clocksDifferMs)) - 1,
    through: until === undefined ? whole.through : (await firstAt(store, whole, until + clocksDifferMs)) - 1,
  }
}

/** True when finding a page may take looking at many entries that do not fit. */
export function isSearch({ actor, operation, outcome, q, jobId }: AuditFilter): boolean {
  if (jobId !== undefined) return false
  return actor !== undefined || operation !== undefined || outcome !== undefined || q !== undefined
}

/** Position of the first entry at or later than a time; one past the end when there is none. */
async function firstAt(store: AuditStore, { after, through }: Stretch, time: number): Promise<number> {
  let low = after + 1
  let high = through + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const found = await store.at(middle)
    if (found === null || found.at >= time) high = middle
    else low = found.seq + 1
  }
  return low
}
