import type { ToolkitSummary } from '@sre-toolbox/contract/toolkits'
import type { Caller } from '../kernel/caller.ts'

/** What the dashboard needs to hear from toolkits. */
export interface DashboardToolkits {
  summaries(): readonly ToolkitSummary[]
  /** Of the enabled toolkits. */
  cards(): readonly CardSource[]
}

/** A card as its toolkit's manifest declares it. */
export interface CardSource {
  readonly toolkit: string
  readonly toolkitName: string
  readonly card: string
  readonly title: string
  /** `slug.operation`. */
  readonly operation: string
}

export interface CardOperations {
  /** Whether this caller could call the operation. */
  may(operation: string, caller: Caller): boolean
  /** Calls it as the product itself. */
  call(operation: string): Promise<unknown>
}

/** A schedule that stopped because something was wrong with it. */
export interface PausedSchedule {
  readonly id: string
  readonly name: string
  readonly reason: string | null
}
