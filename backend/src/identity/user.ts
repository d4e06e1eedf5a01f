import type { User } from '@sre-toolbox/contract/identity'
import type { Role } from '@sre-toolbox/contract/roles'
import { toInstant, toInstantOrNull } from '../kernel/clock.ts'

export const localProvider = 'local'

/** Times are milliseconds. */
export interface UserRecord {
  readonly id: string
  readonly username: string
  readonly displayName: string
  readonly email: string | null
  /** `local`, or the provider that vouches for the user. */
  readonly provider: string
  /** Null where a provider keeps the password. */
  readonly passwordHash: string | null
  readonly roles: readonly Role[]
  readonly superuser: boolean
  readonly disabled: boolean
  /** Somebody else knows the password: the first start printed it, or a superuser set it. */
  readonly passwordGiven: boolean
  readonly createdAt: number
  readonly lastLoginAt: number | null
}

export type UserChange = Partial<
  Pick<
    UserRecord,
    'displayName' | 'email' | 'passwordHash' | 'passwordGiven' | 'roles' | 'superuser' | 'disabled'
  >
>

export function toUser(record: UserRecord): User {
  const { passwordHash: _kept, createdAt, lastLoginAt, roles, ...open } = record
  return {
    ...open,
    roles: [...roles],
    createdAt: toInstant(createdAt),
    lastLoginAt: toInstantOrNull(lastLoginAt),
  }
}

/** True when the change would leave a superuser without that power. */
export function takesPower(change: UserChange): boolean {
  return change.superuser === false || change.disabled === true
}
