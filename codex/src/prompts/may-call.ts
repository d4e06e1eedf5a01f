import type { OperationFact, PersonaFact } from '@sre-toolbox/contract/codex-facts'
import { holdsRole, type Role, roles } from '@sre-toolbox/contract/roles'
import { personaAllows } from '../personas/persona.ts'

/** Whether a persona may call an operation, as the server decides it: `persona` or `role` is what stands in the way. */
export function mayCall(who: PersonaFact, operation: OperationFact): 'yes' | 'persona' | 'role' {
  const granted =
    operation.toolkit === null
      ? personaAllows(who, operation.id) || operation.access === 'public'
      : who.toolkitEffects.includes(operation.effect) || isOwn(who, operation)
  // What passes on another operation is judged by that one.
  if (operation.access === 'delegated') return personaAllows(who, operation.id) ? 'yes' : 'persona'
  if (!granted) return 'persona'
  if (operation.access === 'superuser') return who.superuser ? 'yes' : 'role'
  return who.superuser || !isRole(operation.access) || holdsRole(who.roles, operation.access) ? 'yes' : 'role'
}

/** Of a toolkit's persona the toolkit's own operations. */
function isOwn(who: PersonaFact, { id, toolkit }: OperationFact): boolean {
  return who.slug.startsWith(`${toolkit}.`) && personaAllows(who, id)
}

function isRole(access: string): access is Role {
  return (roles as readonly string[]).includes(access)
}
