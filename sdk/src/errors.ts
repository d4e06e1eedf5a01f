/** An expected failure: the job ends as failed with this code and message, and nothing is reported as a fault. */
export class OperationError extends Error {
  override readonly name = 'OperationError'
  /** snake_case, stable: scripts compare it. */
  readonly code: string

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}

/** The control plane refused or could not do what the context was asked for. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  /** As in problem documents: `not_found`, `conflict`, `unavailable`, `timed_out`, … */
  readonly code: string
  /** The system's own word where there is one, such as `ECONNREFUSED`. */
  readonly reason: string | null

  constructor(code: string, message: string, reason: string | null = null) {
    super(message)
    this.code = code
    this.reason = reason
  }
}
