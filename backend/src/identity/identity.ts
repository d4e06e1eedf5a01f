import { randomBytes } from 'node:crypto'
import type { Token, User } from '@sre-toolbox/contract/identity'
import type { AuditTrail } from '../kernel/audit-trail.ts'
import type { Caller } from '../kernel/caller.ts'
import type { Clock } from '../kernel/clock.ts'
import { ToolboxError } from '../kernel/errors.ts'
import type { Ids } from '../kernel/ids.ts'
import { type Authenticate, createAuthenticate } from './authenticate.ts'
import { type Bootstrapped, bootstrap, type FirstAdministrator } from './bootstrap.ts'
import { createOnBehalfOf, type OnBehalfOf } from './on-behalf-of.ts'
import { createPasswords, type PasswordCost, usualCost } from './passwords.ts'
import type { IdentityStore, Personas } from './ports.ts'
import { createSignIn, type SignIn } from './sign-in.ts'
import { toToken } from './token.ts'
import { createTokens, type Tokens } from './tokens.ts'
import { toUser } from './user.ts'
import { createUsers, type Users } from './users.ts'

export interface IdentityDeps {
  readonly store: IdentityStore
  readonly clock: Clock
  readonly ids: Ids
  readonly personas: Personas
  readonly audit: AuditTrail
  /** Ids of all operations there are, toolkits' included. */
  readonly operations: () => readonly string[]
  readonly random?: (size: number) => Buffer
  readonly passwordCost?: PasswordCost
}

export interface Identity extends SignIn {
  readonly authenticate: Authenticate
  readonly onBehalfOf: OnBehalfOf
  readonly tokens: Tokens
  readonly users: Users
  /** Null when nobody is called that. */
  userIdOf(username: string): Promise<string | null>
  me(caller: Caller): Promise<{ user: User; token: Token | null }>
  bootstrap(wanted: FirstAdministrator): Promise<Bootstrapped>
  /** Removes expired sessions and forgotten failures. To be called about once an hour. */
  sweep(): Promise<void>
}

const failuresKeptMs = 24 * 3_600_000

export function createIdentity(given: IdentityDeps): Identity {
  const random = given.random ?? randomBytes
  const passwords = createPasswords(given.passwordCost ?? usualCost, random)
  const deps = { ...given, random, passwords }
  const { store, clock } = deps

  return {
    ...createSignIn(deps),
    authenticate: createAuthenticate(deps),
    onBehalfOf: createOnBehalfOf(deps),
    tokens: createTokens(deps),
    users: createUsers(deps),

    userIdOf: async (username) => (await store.findUserByName(username.toLowerCase()))?.id ?? null,

    async me({ userId, token }) {
      const user = userId === null ? null : await store.findUser(userId)
      if (!user) throw new ToolboxError('not_found', 'The product itself runs this, and not a user.')
      const own = token ? await store.findTokenById(token.id) : null
      return { user: toUser(user), token: own && toToken(own, user.username) }
    },

    bootstrap: (wanted) => bootstrap(deps, wanted),

    async sweep() {
      const now = clock.now()
      await store.sweep({ sessionsExpired: now, failuresBefore: now - failuresKeptMs })
    },
  }
}
