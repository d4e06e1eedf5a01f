import type { IncomingHttpHeaders } from 'node:http'
import type { Caller } from '../../kernel/caller.ts'
import { ToolboxError } from '../../kernel/errors.ts'
import type { SessionCookie } from './session-cookie.ts'

/** What a request brings to say who sent it. At most one of the two tokens is given. */
export interface Credentials {
  /** An API token, from `Authorization: Bearer`. */
  readonly bearer: string | null
  readonly session: string | null
  readonly address: string | null
}

/**
 * Says on whose behalf a request runs. Throws `not_signed_in` for an API token that isn't valid; a session that isn't
 * valid makes an anonymous caller.
 */
export type Authenticate = (credentials: Credentials) => Promise<Caller> | Caller

const bearerScheme = /^bearer +([\x21-\x7e]+) *$/i

/** An Authorization header wins over the cookie and never falls back to it. */
export function readCredentials(
  headers: IncomingHttpHeaders,
  cookie: SessionCookie,
  address: string | null,
): Credentials {
  const { authorization } = headers
  if (authorization === undefined) return { bearer: null, session: cookie.read(headers.cookie), address }
  const bearer = bearerScheme.exec(authorization)?.[1]
  if (bearer === undefined) {
    throw new ToolboxError(
      'not_signed_in',
      'The Authorization header is not understood. Send `Authorization: Bearer <API token>`.',
    )
  }
  return { bearer, session: null, address }
}
