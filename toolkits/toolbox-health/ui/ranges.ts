const minuteMs = 60_000
const hourMs = 60 * minuteMs

export interface Range {
  readonly value: string
  readonly title: string
  readonly ms: number
  readonly resolution: 'minute' | 'hour'
}

export const ranges: readonly [Range, ...Range[]] = [
  { value: '3h', title: '3 hours', ms: 3 * hourMs, resolution: 'minute' },
  { value: '24h', title: '24 hours', ms: 24 * hourMs, resolution: 'minute' },
  { value: '30d', title: '30 days', ms: 30 * 24 * hourMs, resolution: 'hour' },
]

/** The beginning of the range, the same for some minutes so that the same question is asked once. */
export function beginOf({ ms, resolution }: Range, now: number): number {
  const step = resolution === 'minute' ? 5 * minuteMs : hourMs
  return Math.floor((now - ms) / step) * step
}
