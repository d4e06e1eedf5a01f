import type { CallerPersona } from '../kernel/caller.ts'
import type { SessionRecord } from './session.ts'
import type { TokenRecord } from './token.ts'
import type { UserChange, UserRecord } from './user.ts'

/** Looks up what a persona may do; undefined when nobody declared it. */
export interface Personas {
  find(name: string): CallerPersona | undefined
  /** Names of all there are. */
  names(): readonly string[]
}

export interface IdentityStore {
  findUser(id: string): Promise<UserRecord | null>
  findUserByName(username: string): Promise<UserRecord | null>
  /** By username; `q` is searched in names and e-mail addresses. */
  listUsers(page: { q: string | null; after: string | null; limit: number }): Promise<UserRecord[]>
  hasUsers(): Promise<boolean>
  /** False when the username is taken. */
  addUser(user: UserRecord): Promise<boolean>
  /** False when there is a user already. */
  addFirstUser(user: UserRecord): Promise<boolean>
  /** Changes a user, and in the same transaction ends the sessions and tokens that must end. */
  changeUser(
    id: string,
    change: UserChange,
    sessions: SessionsEnd,
    revokeTokensAt: number | null,
  ): Promise<ChangeOutcome>

  /** Remembers the sign-in as well; a session that it replaces ends. */
  addSession(session: SessionRecord, replaces: string | null): Promise<void>
  findSession(secretHash: string): Promise<{ session: LiveSession; owner: Owner } | null>
  /** By sign-in, newest first. */
  listSessions(userId: string, now: number): Promise<SessionRecord[]>
  touchSession(touch: { id: string; lastSeenAt: number; expiresAt: number }): Promise<void>
  /** False when the user has no such session. */
  removeSession(userId: string, sessionId: string): Promise<boolean>

  addToken(token: TokenRecord): Promise<void>
  findToken(secretHash: string): Promise<{ token: PresentedToken; owner: Owner } | null>
  findTokenById(id: string): Promise<TokenRecord | null>
  /** Newest first. */
  listTokens(userId: string, page: { before: string | null; limit: number }): Promise<TokenRecord[]>
  touchToken(touch: { id: string; lastUsedAt: number }): Promise<void>
  /** False when the user has no such token, or it is revoked already. */
  revokeToken(userId: string, tokenId: string, at: number): Promise<boolean>

  /** Counts an attempt, unless the subject must wait: then answers until when. */
  countAttempt(attempt: Attempt): Promise<number | null>
  /** Until when subjects must wait, for those that must. */
  locks(subjects: readonly string[], now: number): Promise<ReadonlyMap<string, number>>
  forgiveAttempts(subjects: { clear: string; giveBack: string }): Promise<void>
  /** Removes expired sessions and forgotten failures. */
  sweep(before: { sessionsExpired: number; failuresBefore: number }): Promise<void>
}

/** What every request needs to know of its user, and no more. */
export type Owner = Pick<UserRecord, 'id' | 'username' | 'roles' | 'superuser' | 'disabled'>
export type LiveSession = Pick<SessionRecord, 'id' | 'createdAt' | 'lastSeenAt' | 'expiresAt'>
export type PresentedToken = Pick<
  TokenRecord,
  'id' | 'name' | 'operations' | 'persona' | 'expiresAt' | 'lastUsedAt' | 'revokedAt'
>

/** `allBut` names the session that stays. */
export type SessionsEnd = 'none' | 'all' | { readonly allBut: string }

export type ChangeOutcome = UserRecord | 'not_found' | 'last_superuser'

export interface Attempt {
  readonly subject: string
  readonly now: number
  /** Failures last counted before this are forgotten. */
  readonly forgetBefore: number
  /** How long the subject waits after so many failures, in milliseconds. */
  waitAfter(failures: number): number
}
