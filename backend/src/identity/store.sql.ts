import type { Role } from '@sre-toolbox/contract/roles'
import { sql } from 'kysely'
import { createChanges } from '../adapters/sql/changes.ts'
import { containing } from '../adapters/sql/containing.ts'
import type { Database, Runs } from '../adapters/sql/database.ts'
import type { Lane } from '../adapters/sql/group-commit.ts'
import type { Statement } from '../adapters/sql/statement.ts'
import type { Attempt, IdentityStore, Owner, SessionsEnd } from './ports.ts'
import {
  clearFailures,
  countFailure,
  deleteExpired,
  deleteFailures,
  deleteSession,
  deleteSessionsBut,
  giveBackFailure,
  insertFirstUser,
  insertSession,
  insertToken,
  insertUser,
  lock,
  type OwnerRow,
  rememberLogin,
  revoke,
  revokeAll,
  selectAnyUser,
  selectLock,
  selectSession,
  selectSessions,
  selectToken,
  selectTokenById,
  selectTokens,
  selectUser,
  selectUserByName,
  type TokenRow,
  takeSuperusers,
  takeUser,
  type UserRow,
  updateSeen,
  updateUsed,
  updateUser,
} from './statements.sql.ts'
import type { TokenRecord } from './token.ts'
import { takesPower, type UserRecord } from './user.ts'

/** When somebody was last seen is written together, and after all else. */
const seen = touchLane(updateSeen)
const used = touchLane(updateUsed)

export function createIdentityStore(db: Database): IdentityStore {
  const change = createChanges(db)

  return {
    findUser: async (id) => firstUser(await db.all(selectUser, { id })),
    findUserByName: async (username) => firstUser(await db.all(selectUserByName, { username })),
    hasUsers: async () => (await db.all(selectAnyUser, {})).length > 0,

    async listUsers({ q, after, limit }) {
      let query = db.query.selectFrom('users').selectAll().orderBy('username').limit(limit)
      if (after !== null) query = query.where('username', '>', after)
      if (q !== null) {
        const names = sql`lower(username || ' ' || display_name || ' ' || coalesce(email, ''))`
        query = query.where(sql<boolean>`${names} like lower(${containing(q)}) escape '\\'`)
      }
      const rows = await query.execute()
      return rows.map(({ display_name, password_hash, password_given, created_at, last_login_at, ...row }) =>
        toUserRecord({
          ...row,
          displayName: display_name,
          passwordHash: password_hash,
          passwordGiven: password_given,
          createdAt: created_at,
          lastLoginAt: last_login_at,
        }),
      )
    },

    addUser: (user) => change(async (runs) => (await runs.all(insertUser, toUserRow(user))).length > 0),
    addFirstUser: (user) =>
      change(async (runs) => (await runs.all(insertFirstUser, toUserRow(user))).length > 0),

    changeUser: (id, wanted, sessions, revokeTokensAt) =>
      change(async (runs) => {
        const superusers = takesPower(wanted) ? await runs.all(takeSuperusers, {}) : []
        const user = firstUser(await runs.all(takeUser, { id }))
        if (!user) return 'not_found'
        if (superusers.length === 1 && superusers[0]?.id === id) return 'last_superuser'
        const changed = { ...user, ...wanted }
        await runs.all(updateUser, toUserRow(changed))
        await endSessions(runs, id, sessions)
        if (revokeTokensAt !== null) await runs.all(revokeAll, { userId: id, at: revokeTokensAt })
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
      if (!row) return null
      const { id, createdAt, lastSeenAt, expiresAt } = row
      return { session: { id, createdAt, lastSeenAt, expiresAt }, owner: toOwner(row) }
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
      if (!row) return null
      const { id, name, persona, expiresAt, lastUsedAt, revokedAt } = row
      const operations = toOperations(row.operations)
      return {
        token: { id, name, operations, persona, expiresAt, lastUsedAt, revokedAt },
        owner: toOwner(row),
      }
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
    async locks(subjects, now) {
      if (subjects.length === 0) return new Map()
      const rows = await db.query
        .selectFrom('login_failures')
        .select(['subject', 'locked_until'])
        .where('subject', 'in', subjects)
        .where('locked_until', '>', now)
        .execute()
      return new Map(rows.map((row) => [row.subject, row.locked_until]))
    },
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
    passwordGiven: row.passwordGiven === 1,
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
    passwordGiven: Number(user.passwordGiven),
  }
}

function toTokenRecord(row: TokenRow): TokenRecord {
  return { ...row, operations: toOperations(row.operations) }
}

function toOperations(text: string | null): string[] | null {
  return text === null ? null : (JSON.parse(text) as string[])
}

function toOwner({ ownerId, username, roles, superuser, disabled }: OwnerRow): Owner {
  return {
    id: ownerId,
    username,
    roles: JSON.parse(roles) as Role[],
    superuser: superuser === 1,
    disabled: disabled === 1,
  }
}
