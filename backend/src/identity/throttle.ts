import type { Clock } from '../kernel/clock.ts'

/** True at most once an interval for each key, within this process. */
export type Throttle = (key: string) => boolean

const mostKeys = 10_000

export function createThrottle(clock: Clock, intervalMs: number): Throttle {
  const last = new Map<string, number>()
  return (key) => {
    const now = clock.now()
    const before = last.get(key)
    if (before !== undefined && now - before < intervalMs) return false
    if (last.size >= mostKeys) last.clear()
    last.set(key, now)
    return true
  }
}
