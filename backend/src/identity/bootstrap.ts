import { newPassword, username as usernameSchema } from '@sre-toolbox/contract/identity'
import { checkInput } from '@sre-toolbox/contract/input-faults'
import { roles } from '@sre-toolbox/contract/roles'
import type { Clock } from '../kernel/clock.ts'
import type { Ids } from '../kernel/ids.ts'
import { validationFailed } from '../kernel/operation.ts'
import type { Passwords } from './passwords.ts'
import type { IdentityStore } from './ports.ts'
import { localProvider } from './user.ts'

export interface FirstAdministrator {
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly email?: string | undefined
}

export interface Bootstrapped {
  /** False when there are users already; then nothing was changed. */
  readonly created: boolean
  readonly username: string
  /** An ordinary password, shown this once; only when none was given. */
  readonly oneTimePassword?: string
}

/** Without letters that are mistaken for each other. */
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Makes the first administrator of an empty installation: a superuser who holds every role. */
export async function bootstrap(
  deps: {
    store: IdentityStore
    clock: Clock
    ids: Ids
    passwords: Passwords
    random: (size: number) => Buffer
  },
  wanted: FirstAdministrator,
): Promise<Bootstrapped> {
  const { store, clock, ids, passwords, random } = deps
  const username = checked(usernameSchema, 'username', wanted.username || 'admin')
  if (await store.hasUsers()) return { created: false, username }

  const given = wanted.password ? checked(newPassword, 'password', wanted.password) : null
  const password = given ?? printablePassword(random)
  const created = await store.addFirstUser({
    id: ids(),
    username,
    displayName: username,
    email: wanted.email || null,
    provider: localProvider,
    passwordHash: await passwords.hash(password),
    roles,
    superuser: true,
    disabled: false,
    passwordGiven: given === null,
    createdAt: clock.now(),
    lastLoginAt: null,
  })
  // Another process may have been first; then the password was never set.
  return created && given === null ? { created, username, oneTimePassword: password } : { created, username }
}

function checked(schema: typeof newPassword, field: string, value: string): string {
  const checked = checkInput(schema, value)
  if (checked.ok) return checked.value
  throw validationFailed([
    { path: field, message: `of the first administrator: ${checked.errors[0]?.message}` },
  ])
}

/** Four groups of five characters: 100 bits. */
function printablePassword(random: (size: number) => Buffer): string {
  const characters = [...random(20)].map((byte) => alphabet[byte % alphabet.length])
  return [0, 5, 10, 15].map((start) => characters.slice(start, start + 5).join('')).join('-')
}
