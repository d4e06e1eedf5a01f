export const statuses = ['healthy', 'degraded', 'unhealthy'] as const
export type Status = (typeof statuses)[number]

export interface Part {
  readonly name: string
  readonly status: Status
  readonly message: string
  /** Numbers, with the unit in the name: `freeBytes`. */
  readonly measures: Readonly<Record<string, number>>
}

/** How all parts were at one time. */
export interface Sample {
  /** ISO 8601. */
  readonly at: string
  readonly status: Status
  readonly message: string
  readonly parts: readonly Part[]
}

/** A part over a time, or at a point of it. */
export interface Point {
  /** ISO 8601, the beginning. */
  readonly at: string
  /** The worst. */
  readonly status: Status
  /** The mean of each. */
  readonly measures: Readonly<Record<string, number>>
  readonly highest: Readonly<Record<string, number>>
}

export const latestKey = 'latest'

export function worst(all: readonly Status[]): Status {
  return all.reduce((a, b) => (statuses.indexOf(b) > statuses.indexOf(a) ? b : a), 'healthy')
}
