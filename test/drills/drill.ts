import { join } from 'node:path'

/** A fault that the product must survive, at two sizes: one for every test run, one with the full numbers. */
export interface Drill<Size = unknown> {
  readonly id: string
  readonly title: string
  readonly target: string
  readonly short: Size
  readonly long: Size
  /** Why it can't be held here; null when it can. */
  readonly missing?: () => string | null
  run(size: Size): Promise<Outcome>
}

export interface Outcome {
  /** For people: what was done and how it went. */
  readonly measured: string
  /** What broke the promise; empty when nothing did. */
  readonly faults: readonly string[]
}

export const drillToolkits = join(import.meta.dirname, 'toolkits')
