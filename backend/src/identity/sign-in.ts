import type { User } from '@sre-toolbox/contract/identity'
import type { Caller } from '../kernel/caller.ts'
import type { Clock } from '../kernel/clock.ts'
import { ToolboxError } from '../kernel/errors.ts'
import type { Ids } from '../kernel/ids.ts'
import { validationFailed } from '../kernel/operation.ts'
import { createLockout } from './lockout.ts'
import type { Passwords } from './passwords.ts'
import type { IdentityStore } from './ports.ts'
import { absoluteEnd, hashSecret, newSessionSecret, slideExpiry } from './session.ts'
import { localProvider, toUser } from './user.ts'

export interface SignIn {
  /** Throws `not_signed_in`, or `rate_limited` with `retryAfterSeconds`. */
  signIn(
    given: { username: string; password: string; provider: string },
    from: { caller: Caller; userAgent: string },
  ): Promise<{ user: User; secret: string; expiresAt: number }>
  signOut(caller: Caller): Promise<void>
  /** Ends all other sessions of the user. */
  changePassword(caller: Caller, given: { currentPassword: string; newPassword: string }): Promise<void>
}

const longestUserAgent = 500

export function createSignIn(deps: {
  store: IdentityStore
  clock: Clock
  ids: Ids
  passwords: Passwords
  random: (size: number) => Buffer
}): SignIn {
  const { store, clock, ids, passwords, random } = deps
  const lockout = createLockout(deps)

  return {
    async signIn({ username, password, provider }, { caller, userAgent }) {
      if (provider !== localProvider) {
        throw validationFailed([
          { path: 'provider', message: `there is no such provider; use ${localProvider}` },
        ])
      }
      const attempt = { username, address: caller.address ?? '' }
      await lockout.admit(attempt)
      const user = await store.findUserByName(username)
      const right = await passwords.verify(user?.passwordHash ?? null, password)
      if (!user || !right)
        throw new ToolboxError('not_signed_in', 'The user name or the password is not right.')
      if (user.disabled) {
        throw new ToolboxError(
          'not_signed_in',
          'This user is disabled. Ask an administrator to let you in again.',
        )
      }
      await lockout.forgive(attempt)

      const now = clock.now()
      const secret = newSessionSecret(random)
      await store.addSession(
        {
          id: ids(),
          secretHash: hashSecret(secret),
          userId: user.id,
          createdAt: now,
          lastSeenAt: now,
          expiresAt: slideExpiry(now, now),
          address: attempt.address,
          userAgent: userAgent.slice(0, longestUserAgent),
        },
        caller.sessionId,
      )
      return { user: toUser({ ...user, lastLoginAt: now }), secret, expiresAt: absoluteEnd(now) }
    },

    async signOut({ userId, sessionId }) {
      if (userId && sessionId) await store.removeSession(userId, sessionId)
    },

    async changePassword(caller, { currentPassword, newPassword }) {
      const user = caller.userId === null ? null : await store.findUser(caller.userId)
      if (!user || user.provider !== localProvider) {
        throw new ToolboxError('conflict', 'Your password is not kept here. Change it where you sign in.')
      }
      const attempt = { username: user.username, address: caller.address ?? '' }
      await lockout.admit(attempt)
      if (!(await passwords.verify(user.passwordHash, currentPassword))) {
        throw validationFailed([{ path: 'currentPassword', message: 'is not right' }])
      }
      await lockout.forgive(attempt)
      const passwordHash = await passwords.hash(newPassword)
      const sessions = caller.sessionId ? { allBut: caller.sessionId } : 'all'
      await store.changeUser(user.id, { passwordHash, passwordGiven: false }, sessions, null)
    },
  }
}
