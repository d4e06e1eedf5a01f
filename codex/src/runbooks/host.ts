import type { RunError } from '@sre-toolbox/contract/codex-runs'
import type { RunState } from './run-state.ts'

export interface ApprovalPoint {
  readonly step: string
  readonly title: string
  readonly operation: string
  readonly question: string
  /** What would be sent, secrets by reference. */
  readonly input: unknown
}

export interface ApprovalAnswer {
  readonly answer: 'approved' | 'rejected'
  readonly by: string
  readonly comment: string | null
}

/** What a run needs of the place it runs in: a terminal beside a Toolbox, or a job inside one. */
export interface RunHost {
  /** Runs an operation as whoever the run is for. A rejection has a `code`, and its message is kept word for word. */
  call(operation: string, input: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<unknown>
  /** The value behind a reference; it goes into the one call and nowhere else. */
  resolveSecret(reference: string): Promise<string>
  /** What a person says; null when nobody has answered yet, and the run is to stop until somebody has. */
  approve(point: ApprovalPoint, signal: AbortSignal): Promise<ApprovalAnswer | null>
  /** Keeps the run. Resolves when it is durable; a rejection stops the run before its next step. */
  save(state: RunState): Promise<void>
  now(): Date
  wait(milliseconds: number, signal: AbortSignal): Promise<void>
}

const refusals = ['role_missing', 'persona_forbids', 'token_forbids', 'not_signed_in']

export function isRefusal({ code }: Pick<RunError, 'code'>): boolean {
  return refusals.includes(code)
}

/** Whatever was thrown, as the report says it. */
export function toRunError(thrown: unknown): RunError {
  if (!(thrown instanceof Error)) return { code: 'internal', message: String(thrown) }
  const { code, details } = thrown as { code?: unknown; details?: { requiredRole?: unknown } }
  const role = details?.requiredRole
  return {
    code: typeof code === 'string' ? code : 'internal',
    message: thrown.message,
    ...(typeof role === 'string' ? { requiredRole: role } : {}),
  }
}
