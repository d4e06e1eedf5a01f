import type { User } from '@sre-toolbox/contract/identity'
import { holdsRole, type Role } from '@sre-toolbox/contract/roles'

/** Whether to offer something; the server decides all the same. */
export function may(user: User, access: Role | 'superuser'): boolean {
  return user.superuser || (access !== 'superuser' && holdsRole(user.roles, access))
}
