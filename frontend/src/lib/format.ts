const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

/** `just now`, `4 min ago`, `in 2 hr`. */
export function relativeTime(instant: string, now: number): string {
  const seconds = Math.round((Date.parse(instant) - now) / 1000)
  if (Math.abs(seconds) < 10) return 'just now'
  const format = new Intl.RelativeTimeFormat('en', { style: 'short', numeric: 'always' })
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit)
  }
  return format.format(seconds, 'second')
}

/** `2026-05-01 14:03:22.120`, in the time zone of the person. */
export function exactTime(instant: string): string {
  const date = new Date(instant)
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
  return local.toISOString().replace('T', ' ').replace('Z', '')
}

/** `120 ms`, `3.4 s`, `2 m 05 s`, `1 h 04 m`, `3 d 02 h`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`
  const seconds = ms / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  const pair = (large: number, small: number, a: string, b: string) =>
    `${Math.floor(large)} ${a} ${String(Math.floor(small)).padStart(2, '0')} ${b}`
  if (seconds < 3600) return pair(seconds / 60, seconds % 60, 'm', 's')
  if (seconds < 86_400) return pair(seconds / 3600, (seconds % 3600) / 60, 'h', 'm')
  return pair(seconds / 86_400, (seconds % 86_400) / 3600, 'd', 'h')
}

/** Ids are ordered by time, so their last characters are what tells neighbours apart. */
export function shortId(id: string): string {
  return id.slice(-8)
}

const whole = new Intl.NumberFormat('en')
export function count(value: number): string {
  return whole.format(value)
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** `512 B`, `1.4 kB`, `23 MB`: powers of 1000. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3))
  const scaled = value / 1000 ** power
  return `${scaled < 10 && power > 0 ? scaled.toFixed(1) : Math.round(scaled)} ${units[power]}`
}
