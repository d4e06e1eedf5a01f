import type { Effect, Role } from '@sre-toolbox/contract'
import { holdsRole } from '@sre-toolbox/contract'

/** On whose behalf something runs, as established by identity once a request. */
export interface Caller {
  readonly kind: 'user' | 'token' | 'system' | 'anonymous'
  readonly userId: string | null
  readonly name: string
  readonly roles: readonly Role[]
  readonly superuser: boolean
  readonly sessionId: string | null
  readonly token: CallerToken | null
  /** Source address; null for work the product starts itself. */
  readonly address: string | null
}

export interface CallerToken {
  readonly id: string
  readonly name: string
  /** Operation ids or patterns such as `jobs.*`; null for all. */
  readonly operations: readonly string[] | null
  readonly persona: CallerPersona | null
}

export interface CallerPersona {
  readonly name: string
  /** What it may do with the product itself: ids or patterns such as `jobs.*`. */
  readonly operations: readonly string[]
  /** Effects that it may cause by toolkits' operations. */
  readonly toolkitEffects: readonly Effect[]
}

export function anonymous(address: string | null): Caller {
  return {
    kind: 'anonymous',
    userId: null,
    name: 'anonymous',
    roles: [],
    superuser: false,
    sessionId: null,
    token: null,
    address,
  }
}

/** The product's own work, such as schedules and health checks. */
export function systemCaller(name: string): Caller {
  return { ...anonymous(null), kind: 'system', name, superuser: true }
}

export function mayAs(caller: Caller, role: Role): boolean {
  return caller.superuser || holdsRole(caller.roles, role)
}

/** `jobs.*` covers `jobs.list`; `*` covers all. */
export function matchesOperation(patterns: readonly string[], operation: string): boolean {
  const [capability] = operation.split('.', 1)
  return patterns.some((pattern) => pattern === '*' || pattern === operation || pattern === `${capability}.*`)
}
