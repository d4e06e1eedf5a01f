import { z } from 'zod'

export const roles = ['toolkit.user', 'toolkit.curator', 'system.admin'] as const
export const role = z.enum(roles)
export type Role = z.infer<typeof role>

/** `delegated`: decided by the operation that is passed on. */
export type Access = 'public' | 'signed-in' | 'superuser' | 'delegated' | Role

export const effects = ['read', 'write', 'destructive'] as const
export const effect = z.enum(effects)
export type Effect = z.infer<typeof effect>

/** A curator and an administrator may do all that a user may. */
const impliedBy: Readonly<Record<Role, readonly Role[]>> = {
  'toolkit.user': ['toolkit.user', 'toolkit.curator', 'system.admin'],
  'toolkit.curator': ['toolkit.curator'],
  'system.admin': ['system.admin'],
}

/** True when `held` contains `required` or a role that implies it. A superuser is checked before, by the caller. */
export function holdsRole(held: readonly Role[], required: Role): boolean {
  return impliedBy[required].some((candidate) => held.includes(candidate))
}
