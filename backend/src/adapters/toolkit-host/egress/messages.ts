import type { EgressRequest, EgressResponse } from '../../../toolkits/ports.ts'

export type ToEgress =
  | { readonly type: 'request'; readonly id: number; readonly request: EgressRequest }
  | { readonly type: 'abort'; readonly id: number }

export type FromEgress =
  | { readonly type: 'response'; readonly id: number; readonly response: EgressResponse }
  | { readonly type: 'failure'; readonly id: number; readonly failure: EgressFailure }

export interface EgressFailure {
  readonly code: 'validation_failed' | 'unavailable' | 'timed_out'
  readonly message: string
  /** The system's own word, such as `ECONNREFUSED`. */
  readonly reason: string | null
}
