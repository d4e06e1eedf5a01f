import { type Account, type Session, type User, username } from '@sre-toolbox/contract/identity'
import type { Role } from '@sre-toolbox/contract/roles'
import type { Caller } from '../kernel/caller.ts'
import { type Clock, toInstantOrNull } from '../kernel/clock.ts'
import { checkCursor } from '../kernel/cursor.ts'
import { ToolboxError } from '../kernel/errors.ts'
import type { Ids } from '../kernel/ids.ts'
import { validationFailed } from '../kernel/operation.ts'
import { createLockout } from './lockout.ts'
import type { Passwords } from './passwords.ts'
import type { IdentityStore, SessionsEnd } from './ports.ts'
import { toSession } from './session.ts'
import { localProvider, toUser, type UserChange } from './user.ts'

/** What superusers do with users. */
export interface Users {
  list(page: {
    q?: string | undefined
    cursor?: string | undefined
    limit: number
  }): Promise<{ items: Account[]; nextCursor: string | null }>
  create(wanted: WantedUser): Promise<User>
  update(caller: Caller, userId: string, change: WantedChange): Promise<User>
  disable(userId: string): Promise<User>
  setRoles(userId: string, roles: readonly Role[]): Promise<User>
  sessions(caller: Caller, userId: string): Promise<Session[]>
  revokeSession(userId: string, sessionId: string): Promise<void>
  /** What everybody may do with their own. */
  mySessions(caller: Caller): Promise<Session[]>
  endMySession(caller: Caller, sessionId: string): Promise<void>
}

export interface WantedUser {
  readonly username: string
  readonly password: string
  readonly displayName?: string | undefined
  readonly email?: string | undefined
  readonly roles: readonly Role[]
  readonly superuser: boolean
}

export interface WantedChange {
  readonly displayName?: string | undefined
  readonly email?: string | null | undefined
  readonly password?: string | undefined
  readonly superuser?: boolean | undefined
  readonly disabled?: false | undefined
}

export function createUsers(deps: {
  store: IdentityStore
  clock: Clock
  ids: Ids
  passwords: Passwords
}): Users {
  const { store, clock, ids, passwords } = deps
  const lockout = createLockout(deps)

  async function change(
    userId: string,
    wanted: UserChange,
    sessions: SessionsEnd,
    revokeTokensAt: number | null = null,
  ): Promise<User> {
    const outcome = await store.changeUser(userId, wanted, sessions, revokeTokensAt)
    if (outcome === 'not_found') throw noSuchUser(userId)
    if (outcome === 'last_superuser') {
      throw new ToolboxError(
        'conflict',
        'This is the last enabled superuser. Make another user a superuser first, so that nobody is locked out.',
      )
    }
    return toUser(outcome)
  }

  async function hashFor(userId: string, password: string): Promise<string> {
    const user = await store.findUser(userId)
    if (!user) throw noSuchUser(userId)
    if (user.provider !== localProvider) {
      const message = `${user.username} signs in by ${user.provider}, which keeps the password`
      throw validationFailed([{ path: 'password', message }])
    }
    return passwords.hash(password)
  }

  return {
    async list({ q, cursor, limit }) {
      checkCursor(cursor, username)
      const found = await store.listUsers({ q: q || null, after: cursor ?? null, limit: limit + 1 })
      const shown = found.slice(0, limit)
      const locks = await lockout.lockedUntil(shown.map(({ username }) => username))
      const items = shown.map((user) => ({
        ...toUser(user),
        lockedUntil: toInstantOrNull(locks.get(user.username) ?? null),
      }))
      return { items, nextCursor: found.length > limit ? (items.at(-1)?.username ?? null) : null }
    },

    async create({ password, displayName, email, roles, superuser, ...wanted }) {
      const user = {
        id: ids(),
        username: wanted.username,
        displayName: displayName || wanted.username,
        email: email ?? null,
        provider: localProvider,
        passwordHash: await passwords.hash(password),
        roles: [...new Set(roles)],
        superuser,
        disabled: false,
        passwordGiven: true,
        createdAt: clock.now(),
        lastLoginAt: null,
      }
      if (await store.addUser(user)) return toUser(user)
      throw new ToolboxError(
        'conflict',
        `There is a user ${wanted.username} already. Choose another username.`,
      )
    },

    async update(caller, userId, { displayName, email, password, superuser, disabled }) {
      const wanted: UserChange = {
        ...(displayName !== undefined && { displayName }),
        ...(email !== undefined && { email }),
        ...(superuser !== undefined && { superuser }),
        ...(disabled !== undefined && { disabled }),
        ...(password !== undefined && {
          passwordHash: await hashFor(userId, password),
          passwordGiven: caller.userId !== userId,
        }),
      }
      return change(userId, wanted, password === undefined ? 'none' : 'all')
    },

    // Who is let in again begins anew: a token that leaked must not come back to life.
    disable: (userId) => change(userId, { disabled: true }, 'all', clock.now()),

    // Roles are read with every request, so that sessions may stay.
    setRoles: (userId, roles) => change(userId, { roles: [...new Set(roles)] }, 'none'),

    async sessions(caller, userId) {
      if (!(await store.findUser(userId))) throw noSuchUser(userId)
      const found = await store.listSessions(userId, clock.now())
      return found.map((session) => toSession(session, caller.sessionId))
    },

    async revokeSession(userId, sessionId) {
      if (await store.removeSession(userId, sessionId)) return
      throw new ToolboxError('not_found', 'The user has no such session any more. Nothing is left to do.')
    },

    async mySessions(caller) {
      if (caller.userId === null) throw noUser()
      const found = await store.listSessions(caller.userId, clock.now())
      return found.map((session) => toSession(session, caller.sessionId))
    },

    async endMySession(caller, sessionId) {
      if (caller.userId === null) throw noUser()
      if (await store.removeSession(caller.userId, sessionId)) return
      throw new ToolboxError('not_found', 'You have no such session any more. Nothing is left to do.')
    },
  }
}

function noUser(): ToolboxError {
  return new ToolboxError('not_signed_in', 'Sessions belong to a user. Sign in as one.')
}

function noSuchUser(userId: string): ToolboxError {
  return new ToolboxError('not_found', `There is no user ${userId}. users.list shows all there are.`)
}
