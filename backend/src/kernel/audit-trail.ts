import type { Effect } from '@sre-toolbox/contract'
import type { Caller } from './caller.ts'

export type AuditOutcome = 'started' | 'succeeded' | 'accepted' | 'refused' | 'failed'

export interface AuditRecord {
  readonly caller: Caller
  readonly operation: string
  readonly effect: Effect
  readonly outcome: AuditOutcome
  readonly code: string | null
  /** Already without secrets. */
  readonly input: unknown
  readonly detail: string | null
  readonly jobId: string | null
  readonly requestId: string | null
}

/** Where the runner leaves its entries. */
export interface AuditTrail {
  /** Resolves when the entry is durable; rejects with `unavailable` when it can't be written. */
  record(entry: AuditRecord): Promise<void>
}
