import type { AuditTrail } from '../kernel/audit-trail.ts'
import { anonymous, type Caller } from '../kernel/caller.ts'
import type { Clock } from '../kernel/clock.ts'
import { toInstant } from '../kernel/clock.ts'
import { ToolboxError } from '../kernel/errors.ts'
import type { IdentityStore, Owner, Personas, PresentedToken } from './ports.ts'
import { hashSecret, slideExpiry } from './session.ts'
import { createThrottle } from './throttle.ts'
import { hasTokenMark, isWellFormed } from './token.ts'

export interface Credentials {
  /** The session cookie's value. */
  readonly sessionSecret?: string | undefined
  /** What followed `Authorization: Bearer`; looked at before the cookie. */
  readonly bearer?: string | undefined
  readonly address: string | null
}

export type Authenticate = (credentials: Credentials) => Promise<Caller>

const touchEveryMs = 60_000

/**
 * Who is calling, read afresh with every request so that a change of roles, a revocation or a disabled user counts
 * at once. An ended session is anonymous; a token that is not valid is refused (`not_signed_in`) with the reason.
 */
export function createAuthenticate(deps: {
  store: IdentityStore
  clock: Clock
  personas: Personas
  audit: AuditTrail
}): Authenticate {
  const { store, clock, personas, audit } = deps
  const touchDue = createThrottle(clock, touchEveryMs)
  const entryDue = createThrottle(clock, touchEveryMs)

  async function bySession(secret: string, address: string | null): Promise<Caller> {
    const found = await store.findSession(hashSecret(secret))
    const now = clock.now()
    if (!found || found.session.expiresAt <= now || found.owner.disabled) return anonymous(address)
    const { session, owner } = found
    if (now - session.lastSeenAt >= touchEveryMs && touchDue(session.id)) {
      const expiresAt = slideExpiry(session.createdAt, now)
      inBackground(store.touchSession({ id: session.id, lastSeenAt: now, expiresAt }))
    }
    return { ...callerOf(owner, address), kind: 'user', sessionId: session.id }
  }

  async function byToken(text: string, address: string | null): Promise<Caller> {
    if (!hasTokenMark(text)) throw notSignedIn('This is not an API token: they begin with tbx_.')
    if (!isWellFormed(text)) {
      throw notSignedIn('The API token is mistyped or cut off: its checksum does not match. Copy it again.')
    }
    const found = await store.findToken(hashSecret(text))
    if (!found) throw notSignedIn('Nobody here has this API token. Is it one of another installation?')
    const { token, owner } = found
    const now = clock.now()
    const persona = token.persona === null ? null : personas.find(token.persona)
    const caller: Caller = {
      ...callerOf(owner, address),
      kind: 'token',
      token: { id: token.id, name: token.name, operations: token.operations, persona: persona ?? null },
    }
    const reason = whyRefused(token, owner, persona === undefined, now)
    if (reason) throw refuseToken(caller, reason)
    if ((token.lastUsedAt === null || now - token.lastUsedAt >= touchEveryMs) && touchDue(token.id)) {
      inBackground(store.touchToken({ id: token.id, lastUsedAt: now }))
    }
    return caller
  }

  /** It never reaches an operation, so the entry is made here; once a minute, however often it is tried. */
  function refuseToken(caller: Caller, reason: string): ToolboxError {
    if (entryDue(caller.token?.id ?? '')) {
      inBackground(
        audit.record({
          caller,
          operation: 'auth.token',
          effect: 'read',
          outcome: 'refused',
          code: 'not_signed_in',
          input: null,
          detail: reason,
          jobId: null,
          requestId: null,
        }),
      )
    }
    return notSignedIn(reason)
  }

  return async ({ bearer, sessionSecret, address }) => {
    if (bearer !== undefined) return byToken(bearer, address)
    if (sessionSecret) return bySession(sessionSecret, address)
    return anonymous(address)
  }
}

/** What a user may do now. */
export function callerOf(owner: Owner, address: string | null): Caller {
  return {
    ...anonymous(address),
    userId: owner.id,
    name: owner.username,
    roles: owner.roles,
    superuser: owner.superuser,
  }
}

/** Null when the token may be used. */
export function whyRefused(
  token: PresentedToken,
  owner: Owner,
  personaIsGone: boolean,
  now: number,
): string | null {
  const name = `The API token "${token.name}"`
  if (owner.disabled) return `${name} belongs to ${owner.username}, who is disabled. Ask an administrator.`
  if (token.revokedAt !== null) return `${name} was revoked on ${toInstant(token.revokedAt)}. Make a new one.`
  if (token.expiresAt !== null && token.expiresAt <= now) {
    return `${name} expired on ${toInstant(token.expiresAt)}. Make a new one.`
  }
  if (personaIsGone)
    return `${name} is bound to the persona "${token.persona}", which is gone. Make a new one.`
  return null
}

function notSignedIn(message: string): ToolboxError {
  return new ToolboxError('not_signed_in', message)
}

/** The request doesn't wait for it and isn't spoilt by it; what ails the database shows on /readyz. */
function inBackground(write: Promise<void>): void {
  write.catch(() => {})
}
