import { refuse } from '../kernel/errors.ts'

export const defaultLease = '4h'

const units: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `90s`, `30m`, `4h`, `2d` in milliseconds. */
function parseDuration(text: string): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? []
  const length = Number(count) * (units[unit ?? ''] ?? 0)
  if (!(length > 0))
    throw refuse('bad_duration', `\`${text}\` is no length of time. Write 90s, 30m, 4h or 2d.`)
  return length
}

/** When a lease that is taken or renewed now ends. */
export function leaseEnd(now: Date, lease: string): string {
  return new Date(now.getTime() + parseDuration(lease)).toISOString()
}
