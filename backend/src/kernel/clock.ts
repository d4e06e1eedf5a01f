/** Wall clock in milliseconds since the epoch. Tests own it. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

export function toInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

export function toInstantOrNull(milliseconds: number | null): string | null {
  return milliseconds === null ? null : toInstant(milliseconds)
}
