/** What the operations answer. Instants are ISO 8601. */

export type Status = 'healthy' | 'degraded' | 'unhealthy'

export interface Sample {
  readonly at: string
  readonly status: Status
  readonly message: string
  readonly parts: readonly { readonly name: string; readonly status: Status; readonly message: string }[]
}

export interface Span {
  readonly from: string
  readonly to: string
  readonly status: Status | 'unknown'
}

export interface PartTimeline {
  readonly name: string
  readonly spans: readonly Span[]
}

export interface Point {
  readonly at: string
  readonly status: Status
  /** The mean of the time, by name; the unit is part of the name, as in `freeBytes`. */
  readonly measures: Readonly<Record<string, number>>
}
