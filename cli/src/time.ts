const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const

/** `3 min ago`, `in 2 h`; exact in UTC when asked for. */
export function formatInstant(instant: string, now: number, utc: boolean): string {
  if (utc) return instant
  const seconds = Math.round((now - Date.parse(instant)) / 1000)
  if (Math.abs(seconds) < 1) return 'now'
  return seconds > 0 ? `${coarse(seconds)} ago` : `in ${coarse(-seconds)}`
}

/** `850 ms`, `12.3 s`, `4 min 5 s`, `2 h 10 min`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.max(0, Math.round(milliseconds))} ms`
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`
  const seconds = Math.round(milliseconds / 1000)
  const at = units.findIndex(([, size]) => seconds >= size)
  const [name, size] = units[at] as (typeof units)[number]
  const [smallerName, smallerSize] = units[at + 1] ?? ['s', 1]
  const rest = Math.floor((seconds % size) / smallerSize)
  return `${Math.floor(seconds / size)} ${name}${rest > 0 ? ` ${rest} ${smallerName}` : ''}`
}

function coarse(seconds: number): string {
  const [name, size] = units.find(([, unit]) => seconds >= unit) ?? ['s', 1]
  return `${Math.floor(seconds / size)} ${name}`
}

/** An ISO 8601 time, or how long ago: `15m`, `2h`, `3d`. Null when it is neither. */
export function parseInstant(text: string, now: number): string | null {
  const ago = /^(\d{1,5})\s*(s|m|min|h|d)$/.exec(text)
  if (ago) {
    const size = { s: 1, m: 60, min: 60, h: 3600, d: 86_400 }[ago[2] as 's' | 'm' | 'min' | 'h' | 'd']
    return new Date(now - Number(ago[1]) * size * 1000).toISOString()
  }
  return /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text))
    ? new Date(text).toISOString()
    : null
}
