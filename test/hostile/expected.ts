// What the guards have to answer, worked out from the declarations alone and on purpose without any of the product's code.

export interface Guarded {
  readonly id: string
  readonly access: string
  readonly effect: string
  readonly isToolkits: boolean
  readonly personOnly?: boolean
  /** A role without which not even what it is passed on to is told. */
  readonly toldOnlyTo?: string
}

export interface Rights {
  readonly signedIn: boolean
  readonly byToken: boolean
  readonly superuser: boolean
  readonly roles: readonly string[]
  /** Null when the credential is not scoped. */
  readonly scope: readonly string[] | null
  readonly persona: {
    readonly operations: readonly string[]
    readonly toolkitEffects: readonly string[]
  } | null
}

export interface Verdict {
  readonly status: number
  readonly code: string
  readonly requiredRole?: string
}

const holders: Readonly<Record<string, readonly string[]>> = {
  'toolkit.user': ['toolkit.user', 'toolkit.curator', 'system.admin'],
  'toolkit.curator': ['toolkit.curator'],
  'system.admin': ['system.admin'],
  superuser: [],
}

/** Null when it is to be let through. */
export function expectedRefusal(guarded: Guarded, who: Rights): Verdict | null {
  const { id, access, effect, isToolkits, toldOnlyTo, personOnly } = guarded
  if (access === 'public') return null
  if (!who.signedIn) return { status: 401, code: 'not_signed_in' }
  if (personOnly && who.byToken) return { status: 403, code: 'token_forbids' }
  if (toldOnlyTo && !holds(who, toldOnlyTo)) return roleMissing(toldOnlyTo)
  if (who.scope && !fits(who.scope, id)) return { status: 403, code: 'token_forbids' }
  if (who.persona) {
    const may = isToolkits ? who.persona.toolkitEffects.includes(effect) : fits(who.persona.operations, id)
    if (!may) return { status: 403, code: 'persona_forbids' }
  }
  return access === 'signed-in' || holds(who, access) ? null : roleMissing(access)
}

function holds({ superuser, roles }: Rights, wanted: string): boolean {
  return superuser || roles.some((role) => holders[wanted]?.includes(role))
}

function roleMissing(requiredRole: string): Verdict {
  return { status: 403, code: 'role_missing', requiredRole }
}

function fits(patterns: readonly string[], id: string): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('.*') ? id.startsWith(pattern.slice(0, -1)) : pattern === id,
  )
}
