/** Who has to act: the caller, the operator of the machine, or the authors of this package. */
export type Fate = 'user' | 'operational' | 'bug'

/** The one error of this package. `message` says what happened and what to do next; `details` is for machines. */
export class CodexError extends Error {
  readonly code: string
  readonly fate: Fate
  readonly details: Record<string, unknown>

  constructor(code: string, fate: Fate, message: string, details: Record<string, unknown> = {}) {
    super(message)
    this.name = 'CodexError'
    this.code = code
    this.fate = fate
    this.details = details
  }
}

/** A refusal that the caller can act on. */
export function refuse(code: string, message: string, details: Record<string, unknown> = {}): CodexError {
  return new CodexError(code, 'user', message, details)
}
