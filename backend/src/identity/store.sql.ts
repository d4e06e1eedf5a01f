import type { Role } from '@sre-toolbox/contract/roles'
import { sql } from 'kysely'
import type { Database, Runs } from '../adapters/sql/database.ts'
import type { Lane } from '../adapters/sql/group-commit.ts'
import { type Statement, statement } from '../adapters/sql/statement.ts'
import type { Attempt, IdentityStore, SessionsEnd } from './ports.ts'
import type { SessionRecord } from './session.ts'
import type { TokenRecord } from './token.ts'
import { takesPower, type UserRecord } from './user.ts'

type UserRow = Omit<UserRecord, 'roles' | 'superuser' | 'disabled'> & {
  roles: string
  superuser: number
  disabled: number
}
type TokenRow = Omit<TokenRecord, 'operations'> & { operations: string | null }
/** Columns of a session or token beside those of its user. */
type Prefixed<Row> = { [Name in keyof Row & string as `x_${Name}`]: Row[Name] }

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

const selectUser = statement<{ id: string }, UserRow>(
  { id: 'text' },
  `select ${userList.selected('users')} from users where id = $id`,
)
const takeUser = forUpdate(selectUser)
const selectUserByName = statement<{ username: string }, UserRow>(
  { username: 'text' },
  `select ${userList.selected('users')} from users where username = $username`,
)
const selectAnyUser = statement<Record<never, never>, { id: string }>(
  {},
  'select id as id from users limit 1',
)
/** Locked in one order, so that two processes can't each take power from the other's last superuser. */
const takeSuperusers = forUpdate(
  statement<Record<never, never>, { id: string }>(
    {},
    'select id as id from users where superuser = 1 and disabled = 0 order by id',
  ),
)
const insertUser = statement<UserRow, { id: string }>(
  userTypes,
  `insert into users (${userList.columns}) select ${userList.parameters} where true
   on conflict (username) do nothing returning id as id`,
)
const insertFirstUser = statement<UserRow, { id: string }>(
  userTypes,
  `insert into users (${userList.columns}) select ${userList.parameters}
   where not exists (select 1 from users) on conflict (username) do nothing returning id as id`,
)
const updateUser = statement<UserRow>(
  userTypes,
  `update users set (${userList.columns}) = (${userList.parameters}) where id = $id`,
)
const rememberLogin = statement<{ id: string; at: number }>(
  { id: 'text', at: 'bigint' },
  'update users set last_login_at = $at where id = $id',
)

const insertSession = statement<SessionRecord>(
  sessionTypes,
  `insert into sessions (${sessionList.columns}) values (${sessionList.parameters})`,
)
const selectSession = statement<{ secretHash: string }, UserRow & Prefixed<SessionRecord>>(
  { secretHash: 'text' },
  `select ${userList.selected('users')}, ${sessionList.selected('sessions', 'x_')}
   from sessions join users on users.id = sessions.user_id where sessions.secret_hash = $secretHash`,
)
const selectSessions = statement<{ userId: string; now: number }, SessionRecord>(
  { userId: 'text', now: 'bigint' },
  `select ${sessionList.selected('sessions')} from sessions
   where user_id = $userId and expires_at > $now order by id desc`,
)
const updateSeen = statement<{ id: string; lastSeenAt: number; expiresAt: number }>(
  { id: 'text', lastSeenAt: 'bigint', expiresAt: 'bigint' },
  'update sessions set last_seen_at = $lastSeenAt, expires_at = $expiresAt {rows} where sessions.id = $id',
)
const deleteSession = statement<{ userId: string; id: string }, { id: string }>(
  { userId: 'text', id: 'text' },
  'delete from sessions where id = $id and user_id = $userId returning id as id',
)
const deleteSessionsBut = statement<{ userId: string; kept: string }>(
  { userId: 'text', kept: 'text' },
  'delete from sessions where user_id = $userId and id <> $kept',
)
const deleteExpired = statement<{ before: number }>(
  { before: 'bigint' },
  'delete from sessions where expires_at <= $before',
)

const insertToken = statement<TokenRow>(
  tokenTypes,
  `insert into tokens (${tokenList.columns}) values (${tokenList.parameters})`,
)
const selectToken = statement<{ secretHash: string }, UserRow & Prefixed<TokenRow>>(
  { secretHash: 'text' },
  `select ${userList.selected('users')}, ${tokenList.selected('tokens', 'x_')}
   from tokens join users on users.id = tokens.user_id where tokens.secret_hash = $secretHash`,
)
const selectTokenById = statement<{ id: string }, TokenRow>(
  { id: 'text' },
  `select ${tokenList.selected('tokens')} from tokens where id = $id`,
)
const selectTokens = statement<{ userId: string; before: string | null; limit: number }, TokenRow>(
  { userId: 'text', before: 'text', limit: 'integer' },
  `select ${tokenList.selected('tokens')} from tokens
   where user_id = $userId and ($before is null or id < $before) order by id desc limit $limit`,
)
const updateUsed = statement<{ id: string; lastUsedAt: number }>(
  { id: 'text', lastUsedAt: 'bigint' },
  'update tokens set last_used_at = $lastUsedAt {rows} where tokens.id = $id',
)
const revoke = statement<{ userId: string; id: string; at: number }, { id: string }>(
  { userId: 'text', id: 'text', at: 'bigint' },
  `update tokens set revoked_at = $at
   where id = $id and user_id = $userId and revoked_at is null returning id as id`,
)

/** Nothing returns while the subject must wait. */
const countFailure = statement<{ subject: string; now: number; forgetBefore: number }, { failures: number }>(
  { subject: 'text', now: 'bigint', forgetBefore: 'bigint' },
  `insert into login_failures (subject, failures, locked_until, last_at) values ($subject, 1, 0, $now)
   on conflict (subject) do update set
     failures = case when login_failures.last_at < $forgetBefore then 1 else login_failures.failures + 1 end,
     last_at = $now
   where login_failures.locked_until <= $now
   returning failures as failures`,
)
const selectLock = statement<{ subject: string }, { lockedUntil: number }>(
  { subject: 'text' },
  'select locked_until as "lockedUntil" from login_failures where subject = $subject',
)
const lock = statement<{ subject: string; until: number }>(
  { subject: 'text', until: 'bigint' },
  'update login_failures set locked_until = $until where subject = $subject',
)
const clearFailures = statement<{ subject: string }>(
  { subject: 'text' },
  'delete from login_failures where subject = $subject',
)
const giveBackFailure = statement<{ subject: string }>(
  { subject: 'text' },
  `update login_failures set failures = failures - 1, locked_until = 0
   where subject = $subject and failures > 0`,
)
const deleteFailures = statement<{ before: number }>(
  { before: 'bigint' },
  'delete from login_failures where last_at < $before',
)

/** A change of several statements; it must do nothing but write, since it is run again when another one fails. */
type Change = (runs: Runs) => Promise<unknown>
const changes: Lane<Change, unknown> = {
  order: 50,
  async apply(runs, items) {
    const answers: unknown[] = []
    for (const change of items) answers.push(await change(runs))
    return answers
  },
}
/** When somebody was last seen is written together, and after all else. */
const seen = touchLane(updateSeen)
const used = touchLane(updateUsed)

export function createIdentityStore(db: Database): IdentityStore {
  const change = <Answer>(work: (runs: Runs) => Promise<Answer>): Promise<Answer> =>
    db.groupCommit.add(changes, work) as Promise<Answer>

  return {
    findUser: async (id) => firstUser(await db.all(selectUser, { id })),
    findUserByName: async (username) => firstUser(await db.all(selectUserByName, { username })),
    hasUsers: async () => (await db.all(selectAnyUser, {})).length > 0,

    async listUsers({ q, after, limit }) {
      let query = db.query.selectFrom('users').selectAll().orderBy('username').limit(limit)
      if (after !== null) query = query.where('username', '>', after)
      if (q !== null) {
        const pattern = `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
        query = query.where(
          sql<boolean>`(lower(username) like ${pattern} escape '\\' or lower(display_name) like ${pattern} escape '\\'
            or lower(coalesce(email, '')) like ${pattern} escape '\\')`,
        )
      }
      const rows = await query.execute()
      return rows.map(({ display_name, password_hash, created_at, last_login_at, ...row }) =>
        toUserRecord({
          ...row,
          displayName: display_name,
          passwordHash: password_hash,
          createdAt: created_at,
          lastLoginAt: last_login_at,
        }),
      )
    },

    addUser: (user) => change(async (runs) => (await runs.all(insertUser, toUserRow(user))).length > 0),
    addFirstUser: (user) =>
      change(async (runs) => (await runs.all(insertFirstUser, toUserRow(user))).length > 0),

    changeUser: (id, wanted, sessions) =>
      change(async (runs) => {
        const superusers = takesPower(wanted) ? await runs.all(takeSuperusers, {}) : []
        const user = firstUser(await runs.all(takeUser, { id }))
        if (!user) return 'not_found'
        if (superusers.length === 1 && superusers[0]?.id === id) return 'last_superuser'
        const changed = { ...user, ...wanted }
        await runs.all(updateUser, toUserRow(changed))
        await endSessions(runs, id, sessions)
        return changed
      }),

    addSession: (session, replaces) =>
      change(async (runs) => {
        if (replaces) await runs.all(deleteSession, { userId: session.userId, id: replaces })
        await runs.all(insertSession, session)
        await runs.all(rememberLogin, { id: session.userId, at: session.createdAt })
      }),

    async findSession(secretHash) {
      const [row] = await db.all(selectSession, { secretHash })
      return row ? { session: sessionList.unprefixed(row) as SessionRecord, user: toUserRecord(row) } : null
    },

    listSessions: (userId, now) => db.all(selectSessions, { userId, now }),
    touchSession: (touch) => db.groupCommit.add(seen, touch),
    removeSession: (userId, id) =>
      change(async (runs) => (await runs.all(deleteSession, { userId, id })).length > 0),

    addToken: (token) =>
      change(async (runs) => {
        await runs.all(insertToken, {
          ...token,
          operations: token.operations && JSON.stringify(token.operations),
        })
      }),

    async findToken(secretHash) {
      const [row] = await db.all(selectToken, { secretHash })
      return row
        ? { token: toTokenRecord(tokenList.unprefixed(row) as TokenRow), user: toUserRecord(row) }
        : null
    },

    async findTokenById(id) {
      const [row] = await db.all(selectTokenById, { id })
      return row ? toTokenRecord(row) : null
    },

    listTokens: async (userId, page) => (await db.all(selectTokens, { userId, ...page })).map(toTokenRecord),
    touchToken: (touch) => db.groupCommit.add(used, touch),
    revokeToken: (userId, id, at) =>
      change(async (runs) => (await runs.all(revoke, { userId, id, at })).length > 0),

    countAttempt: (attempt) => change((runs) => countAttempt(runs, attempt)),
    forgiveAttempts: ({ clear, giveBack }) =>
      change(async (runs) => {
        await runs.all(giveBackFailure, { subject: giveBack })
        await runs.all(clearFailures, { subject: clear })
      }),

    sweep: ({ sessionsExpired, failuresBefore }) =>
      change(async (runs) => {
        await runs.all(deleteExpired, { before: sessionsExpired })
        await runs.all(deleteFailures, { before: failuresBefore })
      }),
  }
}

async function countAttempt(runs: Runs, attempt: Attempt): Promise<number | null> {
  const { subject, now, forgetBefore, waitAfter } = attempt
  const [counted] = await runs.all(countFailure, { subject, now, forgetBefore })
  if (!counted) return (await runs.all(selectLock, { subject }))[0]?.lockedUntil ?? null
  await runs.all(lock, { subject, until: now + waitAfter(counted.failures) })
  return null
}

async function endSessions(runs: Runs, userId: string, end: SessionsEnd): Promise<void> {
  if (end === 'none') return
  await runs.all(deleteSessionsBut, { userId, kept: end === 'all' ? '' : end.allBut })
}

function touchLane<Touch extends { id: string }>(update: Statement<Touch, never>): Lane<Touch, void> {
  return {
    order: 100,
    async apply(runs, touches) {
      await runs.bulk(update, touches)
      return touches.map(() => undefined)
    },
  }
}

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
    selected: (table: string, prefix = '') =>
      names.map((name) => `${table}.${column(name)} as "${prefix}${name}"`).join(', '),
    unprefixed: (row: object): unknown =>
      Object.fromEntries(names.map((name) => [name, (row as Record<string, unknown>)[`x_${name}`]])),
  }
}

function firstUser([row]: readonly UserRow[]): UserRecord | null {
  return row ? toUserRecord(row) : null
}

function toUserRecord(row: UserRow): UserRecord {
  return {
    id: row.id,
    username: row.username,
    displayName: row.displayName,
    email: row.email,
    provider: row.provider,
    passwordHash: row.passwordHash,
    roles: JSON.parse(row.roles) as Role[],
    superuser: row.superuser === 1,
    disabled: row.disabled === 1,
    createdAt: row.createdAt,
    lastLoginAt: row.lastLoginAt,
  }
}

function toUserRow(user: UserRecord): UserRow {
  return {
    ...user,
    roles: JSON.stringify(user.roles),
    superuser: Number(user.superuser),
    disabled: Number(user.disabled),
  }
}

function toTokenRecord(row: TokenRow): TokenRecord {
  return { ...row, operations: row.operations === null ? null : (JSON.parse(row.operations) as string[]) }
}
