/**
 * Whose turn it is: `user` can correct the request, `operational` passes when a dependency is back,
 * `bug` is ours.
 */
export type Fate = 'user' | 'operational' | 'bug'

const catalogue = {
  validation_failed: { status: 400, fate: 'user', title: 'The request is not valid' },
  not_signed_in: { status: 401, fate: 'user', title: 'Sign in first' },
  role_missing: { status: 403, fate: 'user', title: 'A role is missing' },
  token_forbids: { status: 403, fate: 'user', title: 'The API token is not scoped to this' },
  persona_forbids: { status: 403, fate: 'user', title: 'The persona may not do this' },
  request_forged: { status: 403, fate: 'user', title: 'The request did not come from our own pages' },
  not_found: { status: 404, fate: 'user', title: 'There is no such thing' },
  method_not_allowed: { status: 405, fate: 'user', title: 'The method is not offered here' },
  conflict: { status: 409, fate: 'user', title: 'It conflicts with what is there' },
  toolkit_disabled: { status: 409, fate: 'user', title: 'The toolkit is disabled' },
  too_large: { status: 413, fate: 'user', title: 'The request is too large' },
  unsupported_media_type: { status: 415, fate: 'user', title: 'Send JSON' },
  rate_limited: { status: 429, fate: 'user', title: 'Too many attempts' },
  operation_failed: { status: 422, fate: 'user', title: 'The operation failed' },
  internal: { status: 500, fate: 'bug', title: 'Something is wrong on our side' },
  unavailable: { status: 503, fate: 'operational', title: 'Not available right now' },
  timed_out: { status: 504, fate: 'operational', title: 'It took too long' },
} as const satisfies Record<string, { status: number; fate: Fate; title: string }>

export type ErrorCode = keyof typeof catalogue

export interface FieldError {
  /** Dotted path into the input, `` for the whole. */
  path: string
  message: string
}

export interface ErrorDetails {
  errors?: readonly FieldError[]
  requiredRole?: string
  currentVersion?: string | number
  approvalId?: string
  retryAfterSeconds?: number
  /** A toolkit's own error code, a holder's pid, … */
  [extra: string]: unknown
}

/** The one error that crosses layers. Its message says what happened and what to do next. */
export class ToolboxError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'ToolboxError'
    this.code = code
    this.details = details
  }

  get status(): number {
    return catalogue[this.code].status
  }

  get fate(): Fate {
    return catalogue[this.code].fate
  }

  get title(): string {
    return catalogue[this.code].title
  }
}

/** Any thrown value as a ToolboxError; what is not ours becomes `internal` without its text. */
export function toToolboxError(thrown: unknown): ToolboxError {
  if (thrown instanceof ToolboxError) return thrown
  return new ToolboxError(
    'internal',
    'The request could not be carried out because of a fault on our side. The log has the cause under this request id.',
    {},
    thrown,
  )
}
