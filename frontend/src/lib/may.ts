import type { User } from '@sre-toolbox/contract/identity'
import { holdsRole, type Role } from '@sre-toolbox/contract/roles'

/** Whether to offer something; the server decides all the same. */
export function may(user: User, role: Role): boolean {
  return user.superuser || holdsRole(user.roles, role)
}
