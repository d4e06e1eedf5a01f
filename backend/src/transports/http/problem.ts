import type { Problem } from '@sre-toolbox/contract'
import type { ToolboxError } from '../../kernel/errors.ts'

/** Problem details (RFC 9457). What the error knows besides, such as `requiredRole`, comes as members of its own. */
export function toProblem(
  error: ToolboxError,
  instance: string,
  requestId: string,
): Problem & { requestId: string } {
  const { errors, ...details } = error.details
  return {
    ...details,
    type: `/problems/${error.code}`,
    title: error.title,
    status: error.status,
    code: error.code,
    detail: error.message,
    instance,
    requestId,
    ...(errors ? { errors: [...errors] } : {}),
  }
}

/** Headers that belong to the refusal. */
export function problemHeaders(error: ToolboxError): Record<string, string> {
  const headers: Record<string, string> = {}
  const { retryAfterSeconds, allow } = error.details
  if (retryAfterSeconds !== undefined) headers['retry-after'] = String(Math.ceil(retryAfterSeconds))
  if (Array.isArray(allow)) headers.allow = allow.join(', ')
  if (error.code === 'not_signed_in') headers['www-authenticate'] = 'Bearer'
  return headers
}
