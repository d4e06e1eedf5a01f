import { z } from 'zod'
import { empty, id, instant, page, pageQuery } from './common.ts'
import { declare } from './operation.ts'
import { role } from './roles.ts'

/** The web app reads shapes, too, to check what is typed as it is typed. */
export const usernameShape = '^[a-z0-9][a-z0-9._@-]{0,98}$'
export const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(new RegExp(usernameShape), 'use letters, digits, . _ @ - (at most 99)')
/** At least 12 characters; length is what makes a password strong. */
export const newPassword = z.string().min(12).max(1024)

export const user = z.object({
  id,
  username: z.string(),
  displayName: z.string(),
  email: z.string().nullable(),
  provider: z.string().describe('`local`, or the provider that vouches for the user'),
  roles: z.array(role),
  superuser: z.boolean(),
  disabled: z.boolean(),
  passwordGiven: z
    .boolean()
    .describe('somebody else knows the password: the first start printed it, or a superuser set it'),
  createdAt: instant,
  lastLoginAt: instant.nullable(),
})
export type User = z.infer<typeof user>

/** A user as superusers see one. */
export const account = user.extend({
  lockedUntil: instant.nullable().describe('too many sign-ins failed: none is tried before'),
})
export type Account = z.infer<typeof account>

export const session = z.object({
  id,
  createdAt: instant,
  lastSeenAt: instant,
  expiresAt: instant,
  address: z.string(),
  userAgent: z.string(),
  current: z.boolean(),
})
export type Session = z.infer<typeof session>

export const token = z.object({
  id,
  name: z.string(),
  prefix: z.string().describe('the first characters, to recognise it by'),
  owner: z.string(),
  operations: z.array(z.string()).nullable().describe('ids or patterns such as `jobs.*`; null for all'),
  persona: z.string().nullable(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
})
export type Token = z.infer<typeof token>

export const operationPattern = z
  .string()
  .regex(
    /^(\*|[a-zA-Z0-9_-]+\.(\*|[a-zA-Z0-9_-]+))$/,
    'an operation id such as jobs.list, or a pattern such as jobs.*',
  )

/** One line that a person typed. */
const line = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .regex(/^\P{Cc}*$/u, 'must not contain control characters')

/** Said with every change to users; kept in the audit log. */
const summary = z.string().trim().min(3).max(2000).describe('why, for the audit log')
const byUser = z.strictObject({ userId: id })

export const listProviders = declare({
  id: 'auth.providers',
  title: 'List ways to sign in',
  method: 'GET',
  path: '/auth/providers',
  access: 'public',
  effect: 'read',
  input: empty,
  output: z.object({ items: z.array(z.object({ name: z.string(), kind: z.string(), title: z.string() })) }),
})

export const login = declare({
  id: 'auth.login',
  title: 'Sign in',
  method: 'POST',
  path: '/auth/login',
  access: 'public',
  effect: 'write',
  input: z.strictObject({
    username,
    password: z.string().min(1).max(1024).meta({ writeOnly: true, format: 'password' }),
    provider: z.string().max(63).default('local'),
  }),
  output: z.object({ user }),
})

export const logout = declare({
  id: 'auth.logout',
  title: 'Sign out',
  method: 'POST',
  path: '/auth/logout',
  access: 'signed-in',
  effect: 'write',
  input: empty,
  output: empty,
})

export const changePassword = declare({
  id: 'auth.changePassword',
  title: 'Change my password',
  description: 'Ends all other sessions of mine.',
  method: 'POST',
  path: '/auth/password',
  access: 'signed-in',
  effect: 'write',
  input: z.strictObject({
    currentPassword: z.string().min(1).max(1024).meta({ writeOnly: true, format: 'password' }),
    newPassword: newPassword.meta({ writeOnly: true, format: 'password' }),
  }),
  output: empty,
})

export const me = declare({
  id: 'auth.me',
  title: 'Who am I',
  method: 'GET',
  path: '/auth/me',
  access: 'signed-in',
  effect: 'read',
  input: empty,
  output: z.object({ user, token: token.nullable(), csrfHeader: z.string() }),
})

export const listMySessions = declare({
  id: 'auth.sessions',
  title: 'List my sessions',
  method: 'GET',
  path: '/auth/sessions',
  access: 'signed-in',
  effect: 'read',
  input: empty,
  output: z.object({ items: z.array(session), nextCursor: z.null() }),
})

export const endMySession = declare({
  id: 'auth.endSession',
  title: 'End a session of mine',
  method: 'DELETE',
  path: '/auth/sessions/:sessionId',
  access: 'signed-in',
  effect: 'write',
  input: z.strictObject({ sessionId: id }),
  output: empty,
})

export const listTokens = declare({
  id: 'tokens.list',
  title: 'List my API tokens',
  method: 'GET',
  path: '/tokens',
  access: 'signed-in',
  effect: 'read',
  input: z.strictObject(pageQuery),
  output: page(token),
})

export const createToken = declare({
  id: 'tokens.create',
  title: 'Make an API token',
  description: 'The token is shown once. It can never do more than its owner.',
  method: 'POST',
  path: '/tokens',
  access: 'signed-in',
  effect: 'write',
  status: 201,
  input: z.strictObject({
    name: line(100).min(1),
    expiresAt: instant.optional(),
    operations: z.array(operationPattern).min(1).max(200).optional(),
    persona: z.string().max(63).optional(),
  }),
  output: z.object({ token: z.string().meta({ writeOnly: true }), details: token }),
})

export const revokeToken = declare({
  id: 'tokens.revoke',
  title: 'Revoke an API token',
  method: 'DELETE',
  path: '/tokens/:tokenId',
  access: 'signed-in',
  effect: 'write',
  input: z.strictObject({ tokenId: id }),
  output: empty,
})

export const listUsers = declare({
  id: 'users.list',
  title: 'List users',
  method: 'GET',
  path: '/users',
  access: 'superuser',
  effect: 'read',
  input: z.strictObject({ q: line(200).optional(), ...pageQuery }),
  output: page(account),
})

export const createUser = declare({
  id: 'users.create',
  title: 'Add a user',
  method: 'POST',
  path: '/users',
  access: 'superuser',
  effect: 'write',
  status: 201,
  input: z.strictObject({
    username,
    password: newPassword.meta({ writeOnly: true, format: 'password' }),
    displayName: line(200).optional(),
    email: z.email().max(254).optional(),
    roles: z.array(role).default(['toolkit.user']),
    superuser: z.boolean().default(false),
    summary,
  }),
  output: z.object({ user }),
})

export const updateUser = declare({
  id: 'users.update',
  title: 'Change a user',
  description:
    'A new password ends all sessions of the user. `disabled: false` lets a disabled user in again; sessions and API tokens stay ended.',
  method: 'PATCH',
  path: '/users/:userId',
  access: 'superuser',
  effect: 'write',
  input: z.strictObject({
    userId: id,
    displayName: line(200).optional(),
    email: z.email().max(254).nullable().optional(),
    password: newPassword.meta({ writeOnly: true, format: 'password' }).optional(),
    superuser: z.boolean().optional(),
    disabled: z.literal(false).optional(),
    summary,
  }),
  output: z.object({ user }),
})

export const disableUser = declare({
  id: 'users.disable',
  title: 'Disable a user',
  description: "Refuses the user's next request: all sessions end, and all API tokens are revoked for good.",
  method: 'POST',
  path: '/users/:userId/disable',
  access: 'superuser',
  effect: 'write',
  input: byUser.extend({ summary }),
  output: z.object({ user }),
})

export const setUserRoles = declare({
  id: 'users.setRoles',
  title: "Set a user's roles",
  method: 'PUT',
  path: '/users/:userId/roles',
  access: 'superuser',
  effect: 'write',
  input: byUser.extend({ roles: z.array(role), summary }),
  output: z.object({ user }),
})

export const listSessions = declare({
  id: 'users.sessions',
  title: "List a user's sessions",
  method: 'GET',
  path: '/users/:userId/sessions',
  access: 'superuser',
  effect: 'read',
  input: byUser,
  output: z.object({ items: z.array(session), nextCursor: z.null() }),
})

export const revokeSession = declare({
  id: 'users.revokeSession',
  title: "End a user's session",
  method: 'DELETE',
  path: '/users/:userId/sessions/:sessionId',
  access: 'superuser',
  effect: 'write',
  input: byUser.extend({ sessionId: id, summary }),
  output: empty,
})

export const identityOperations = [
  listProviders,
  login,
  logout,
  changePassword,
  me,
  listMySessions,
  endMySession,
  listTokens,
  createToken,
  revokeToken,
  listUsers,
  createUser,
  updateUser,
  disableUser,
  setUserRoles,
  listSessions,
  revokeSession,
] as const
