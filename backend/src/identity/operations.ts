import {
  changePassword,
  createToken,
  createUser,
  disableUser,
  endMySession,
  listMySessions,
  listProviders,
  listSessions,
  listTokens,
  listUsers,
  login,
  logout,
  me,
  revokeSession,
  revokeToken,
  setUserRoles,
  updateUser,
} from '@sre-toolbox/contract/identity'
import { ToolboxError } from '../kernel/errors.ts'
import { bind, type Operation } from '../kernel/operation.ts'
import { csrfHeader, type Identity } from './index.ts'
import { localProvider } from './user.ts'

export function createIdentityOperations(identity: Identity): Operation[] {
  const { tokens, users } = identity
  return [
    bind(listProviders, () => ({
      items: [{ name: localProvider, kind: 'password', title: 'Username and password' }],
    })),

    bind(login, async (input, { caller, session, identified }) => {
      if (!session) {
        throw new ToolboxError(
          'conflict',
          'No session can be kept here. Use an API token instead of signing in.',
        )
      }
      const { user, secret, expiresAt } = await identity.signIn(input, {
        caller,
        userAgent: session.userAgent,
      })
      session.set(secret, expiresAt)
      identified(user)
      return { user }
    }),

    bind(logout, async (_, { caller, session }) => {
      await identity.signOut(caller)
      session?.clear()
      return {}
    }),

    bind(changePassword, async (input, { caller }) => {
      await identity.changePassword(caller, input)
      return {}
    }),

    bind(me, async (_, { caller }) => ({ ...(await identity.me(caller)), csrfHeader })),

    bind(listMySessions, async (_, { caller }) => ({
      items: await users.mySessions(caller),
      nextCursor: null,
    })),
    bind(endMySession, async ({ sessionId }, { caller }) => {
      await users.endMySession(caller, sessionId)
      return {}
    }),

    bind(listTokens, (input, { caller }) => tokens.list(caller, input)),
    bind(createToken, ({ expiresAt, ...wanted }, { caller }) =>
      tokens.create(caller, {
        ...wanted,
        expiresAt: expiresAt === undefined ? undefined : Date.parse(expiresAt),
      }),
    ),
    bind(revokeToken, async ({ tokenId }, { caller }) => {
      await tokens.revoke(caller, tokenId)
      return {}
    }),

    bind(listUsers, (input) => users.list(input)),
    bind(createUser, async (input) => ({ user: await users.create(input) })),
    bind(updateUser, async ({ userId, ...change }, { caller }) => ({
      user: await users.update(caller, userId, change),
    })),
    bind(disableUser, async ({ userId }) => ({ user: await users.disable(userId) })),
    bind(setUserRoles, async ({ userId, roles }) => ({ user: await users.setRoles(userId, roles) })),
    bind(listSessions, async ({ userId }, { caller }) => ({
      items: await users.sessions(caller, userId),
      nextCursor: null,
    })),
    bind(revokeSession, async ({ userId, sessionId }) => {
      await users.revokeSession(userId, sessionId)
      return {}
    }),
  ]
}
