import { type Statement, statement } from '../adapters/sql/statement.ts'
import type { LiveSession, PresentedToken } from './ports.ts'
import type { SessionRecord } from './session.ts'
import type { TokenRecord } from './token.ts'
import type { UserRecord } from './user.ts'

export type UserRow = Omit<UserRecord, 'roles' | 'superuser' | 'disabled' | 'passwordGiven'> & {
  roles: string
  superuser: number
  disabled: number
  passwordGiven: number
}
export type TokenRow = Omit<TokenRecord, 'operations'> & { operations: string | null }
export type OwnerRow = {
  ownerId: string
  username: string
  roles: string
  superuser: number
  disabled: number
}

const userTypes = {
  id: 'text',
  username: 'text',
  displayName: 'text',
  email: 'text',
  provider: 'text',
  passwordHash: 'text',
  roles: 'text',
  superuser: 'integer',
  disabled: 'integer',
  passwordGiven: 'integer',
  createdAt: 'bigint',
  lastLoginAt: 'bigint',
} as const
const sessionTypes = {
  id: 'text',
  secretHash: 'text',
  userId: 'text',
  createdAt: 'bigint',
  lastSeenAt: 'bigint',
  expiresAt: 'bigint',
  address: 'text',
  userAgent: 'text',
} as const
const tokenTypes = {
  id: 'text',
  secretHash: 'text',
  userId: 'text',
  name: 'text',
  prefix: 'text',
  operations: 'text',
  persona: 'text',
  createdAt: 'bigint',
  expiresAt: 'bigint',
  lastUsedAt: 'bigint',
  revokedAt: 'bigint',
} as const

const userList = listOf(userTypes)
const sessionList = listOf(sessionTypes)
const tokenList = listOf(tokenTypes)
const ownerColumns = `users.id as "ownerId", users.username as "username", users.roles as "roles",
  users.superuser as "superuser", users.disabled as "disabled"`

export const selectUser = statement<{ id: string }, UserRow>(
  { id: 'text' },
  `select ${userList.selected} from users where id = $id`,
)
export const takeUser = forUpdate(selectUser)
export const selectUserByName = statement<{ username: string }, UserRow>(
  { username: 'text' },
  `select ${userList.selected} from users where username = $username`,
)
export const selectAnyUser = statement<Record<never, never>, { id: string }>(
  {},
  'select id as id from users limit 1',
)
/** Locked in one order, so that two processes can't each take power from the other's last superuser. */
export const takeSuperusers = forUpdate(
  statement<Record<never, never>, { id: string }>(
    {},
    'select id as id from users where superuser = 1 and disabled = 0 order by id',
  ),
)
export const insertUser = statement<UserRow, { id: string }>(
  userTypes,
  `insert into users (${userList.columns}) select ${userList.parameters} where true
   on conflict (username) do nothing returning id as id`,
)
export const insertFirstUser = statement<UserRow, { id: string }>(
  userTypes,
  `insert into users (${userList.columns}) select ${userList.parameters}
   where not exists (select 1 from users) on conflict (username) do nothing returning id as id`,
)
export const updateUser = statement<UserRow>(
  userTypes,
  `update users set (${userList.columns}) = (${userList.parameters}) where id = $id`,
)
export const rememberLogin = statement<{ id: string; at: number }>(
  { id: 'text', at: 'bigint' },
  'update users set last_login_at = $at where id = $id',
)

export const insertSession = statement<SessionRecord>(
  sessionTypes,
  `insert into sessions (${sessionList.columns}) values (${sessionList.parameters})`,
)
export const selectSession = statement<{ secretHash: string }, OwnerRow & LiveSession>(
  { secretHash: 'text' },
  `select ${ownerColumns}, sessions.id as "id", sessions.created_at as "createdAt",
     sessions.last_seen_at as "lastSeenAt", sessions.expires_at as "expiresAt"
   from sessions join users on users.id = sessions.user_id where sessions.secret_hash = $secretHash`,
)
export const selectSessions = statement<{ userId: string; now: number }, SessionRecord>(
  { userId: 'text', now: 'bigint' },
  `select ${sessionList.selected} from sessions
   where user_id = $userId and expires_at > $now order by id desc`,
)
export const updateSeen = statement<{ id: string; lastSeenAt: number; expiresAt: number }>(
  { id: 'text', lastSeenAt: 'bigint', expiresAt: 'bigint' },
  'update sessions set last_seen_at = $lastSeenAt, expires_at = $expiresAt {rows} where sessions.id = $id',
)
export const deleteSession = statement<{ userId: string; id: string }, { id: string }>(
  { userId: 'text', id: 'text' },
  'delete from sessions where id = $id and user_id = $userId returning id as id',
)
export const deleteSessionsBut = statement<{ userId: string; kept: string }>(
  { userId: 'text', kept: 'text' },
  'delete from sessions where user_id = $userId and id <> $kept',
)
export const deleteExpired = statement<{ before: number }>(
  { before: 'bigint' },
  'delete from sessions where expires_at <= $before',
)

export const insertToken = statement<TokenRow>(
  tokenTypes,
  `insert into tokens (${tokenList.columns}) values (${tokenList.parameters})`,
)
export const selectToken = statement<
  { secretHash: string },
  OwnerRow & Omit<PresentedToken, 'operations'> & { operations: string | null }
>(
  { secretHash: 'text' },
  `select ${ownerColumns}, tokens.id as "id", tokens.name as "name", tokens.operations as "operations",
     tokens.persona as "persona", tokens.expires_at as "expiresAt", tokens.last_used_at as "lastUsedAt",
     tokens.revoked_at as "revokedAt"
   from tokens join users on users.id = tokens.user_id where tokens.secret_hash = $secretHash`,
)
export const selectTokenById = statement<{ id: string }, TokenRow>(
  { id: 'text' },
  `select ${tokenList.selected} from tokens where id = $id`,
)
export const selectTokens = statement<{ userId: string; before: string | null; limit: number }, TokenRow>(
  { userId: 'text', before: 'text', limit: 'integer' },
  `select ${tokenList.selected} from tokens
   where user_id = $userId and ($before is null or id < $before) order by id desc limit $limit`,
)
export const updateUsed = statement<{ id: string; lastUsedAt: number }>(
  { id: 'text', lastUsedAt: 'bigint' },
  'update tokens set last_used_at = $lastUsedAt {rows} where tokens.id = $id',
)
export const revoke = statement<{ userId: string; id: string; at: number }, { id: string }>(
  { userId: 'text', id: 'text', at: 'bigint' },
  `update tokens set revoked_at = $at
   where id = $id and user_id = $userId and revoked_at is null returning id as id`,
)

export const revokeAll = statement<{ userId: string; at: number }>(
  { userId: 'text', at: 'bigint' },
  'update tokens set revoked_at = $at where user_id = $userId and revoked_at is null',
)

/** Nothing returns while the subject must wait. */
export const countFailure = statement<
  { subject: string; now: number; forgetBefore: number },
  { failures: number }
>(
  { subject: 'text', now: 'bigint', forgetBefore: 'bigint' },
  `insert into login_failures (subject, failures, locked_until, last_at) values ($subject, 1, 0, $now)
   on conflict (subject) do update set
     failures = case when login_failures.last_at < $forgetBefore then 1 else login_failures.failures + 1 end,
     last_at = $now
   where login_failures.locked_until <= $now
   returning failures as failures`,
)
export const selectLock = statement<{ subject: string }, { lockedUntil: number }>(
  { subject: 'text' },
  'select locked_until as "lockedUntil" from login_failures where subject = $subject',
)
export const lock = statement<{ subject: string; until: number }>(
  { subject: 'text', until: 'bigint' },
  'update login_failures set locked_until = $until where subject = $subject',
)
export const clearFailures = statement<{ subject: string }>(
  { subject: 'text' },
  'delete from login_failures where subject = $subject',
)
export const giveBackFailure = statement<{ subject: string }>(
  { subject: 'text' },
  `update login_failures set failures = failures - 1, locked_until = 0
   where subject = $subject and failures > 0`,
)
export const deleteFailures = statement<{ before: number }>(
  { before: 'bigint' },
  'delete from login_failures where last_at < $before',
)

function forUpdate<Params extends object, Row>(read: Statement<Params, Row>): Statement<Params, Row> {
  return { ...read, postgres: `${read.postgres} for update` }
}

/** The SQL lists of a record's fields: `displayName` is the column `display_name`. */
function listOf<Name extends string>(types: Readonly<Record<Name, string>>) {
  const names = Object.keys(types) as Name[]
  const column = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return {
    columns: names.map(column).join(', '),
    parameters: names.map((name) => `$${name}`).join(', '),
    selected: names.map((name) => `${column(name)} as "${name}"`).join(', '),
  }
}
