import type { Role } from '@sre-toolbox/contract'
import { type Caller, type CallerPersona, matchesOperation, mayAs } from './caller.ts'
import { ToolboxError } from './errors.ts'
import type { Operation } from './operation.ts'

export function requireSignIn(operation: Operation, caller: Caller): void {
  if (operation.access !== 'public' && caller.kind === 'anonymous') {
    throw new ToolboxError(
      'not_signed_in',
      'Sign in, or send a valid API token as `Authorization: Bearer …`.',
    )
  }
}

/** Throws the refusal that says exactly what is missing. */
export function authorise(operation: Operation, caller: Caller): void {
  const { access, id } = operation
  if (operation.personOnly) requirePerson(caller)
  if (access === 'public' || access === 'delegated') return
  const { token } = caller
  if (token?.operations && !matchesOperation(token.operations, id)) {
    throw new ToolboxError(
      'token_forbids',
      `The API token "${token.name}" is not scoped to ${id}. Use one that is.`,
    )
  }
  if (token?.persona && !personaMay(token.persona, operation)) throw personaForbids(token.persona, operation)
  if (access === 'signed-in') return
  if (access === 'superuser') {
    if (!caller.superuser) throw roleMissing(caller, id, 'superuser')
    return
  }
  requireRole(caller, id, access)
}

export function requireRole(caller: Caller, operation: string, role: Role): void {
  if (!mayAs(caller, role)) throw roleMissing(caller, operation, role)
}

/** What an agent is told may come from anywhere, so its word is nobody's approval. */
export function requirePerson({ kind, token, sessionId }: Caller): void {
  if (kind === 'user' && token === null && sessionId !== null) return
  throw new ToolboxError(
    'token_forbids',
    'Only a person who is signed in may do this: an API token is refused, whoever holds it. Sign in to the web app.',
  )
}

/** Toolkits come and go, so a persona is granted effects of theirs and not names. */
function personaMay(persona: CallerPersona, { id, toolkit, effect }: Operation): boolean {
  if (toolkit !== null) return persona.toolkitEffects.includes(effect)
  return matchesOperation(persona.operations, id)
}

function personaForbids({ name }: CallerPersona, { id, toolkit, effect }: Operation): ToolboxError {
  const why = toolkit === null ? '' : `: its effect is ${effect}`
  return new ToolboxError('persona_forbids', `The persona "${name}" may not call ${id}${why}.`)
}

function roleMissing(caller: Caller, operation: string, requiredRole: string): ToolboxError {
  return new ToolboxError(
    'role_missing',
    `${operation} needs the role ${requiredRole}, which ${caller.name} does not hold. Ask an administrator for it.`,
    { requiredRole },
  )
}
