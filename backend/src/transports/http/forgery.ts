import type { IncomingHttpHeaders } from 'node:http'
import { csrfHeader } from '../../identity/index.ts'
import type { Caller } from '../../kernel/caller.ts'
import { ToolboxError } from '../../kernel/errors.ts'

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly protocol: string
  readonly host: string
}

/**
 * Browsers add cookies to requests that other sites make. One that changes something and is vouched for by a cookie
 * has to show that a page of ours made it. Throws `request_forged`.
 */
export function refuseForgery(caller: Caller, request: Received, publicOrigin: string | null): void {
  if (caller.sessionId === null || caller.token !== null) return
  const { headers } = request
  // Pages of other origins can't send the header, because the product answers no CORS preflight.
  if (headers[csrfHeader] !== undefined || headers['sec-fetch-site'] === 'same-origin') return
  const { origin } = headers
  if (
    origin !== undefined &&
    (origin === publicOrigin || origin === `${request.protocol}://${request.host}`)
  ) {
    return
  }
  throw new ToolboxError(
    'request_forged',
    `A request with a session cookie that changes something has to carry the header \`${csrfHeader}: 1\`.`,
  )
}
