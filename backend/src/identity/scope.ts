import type { CallerToken } from '../kernel/caller.ts'
import { ToolboxError } from '../kernel/errors.ts'

export interface Scope {
  /** Operation ids or patterns; null for all. */
  readonly operations: readonly string[] | null
  readonly persona: string | null
  /** Milliseconds; null for never. */
  readonly expiresAt: number | null
}

/** True when all that `wanted` matches is matched by `granted` as well. */
export function covers(granted: readonly string[], wanted: string): boolean {
  const [capability] = wanted.split('.', 1)
  return granted.includes('*') || granted.includes(wanted) || granted.includes(`${capability}.*`)
}

/**
 * The scope of a token that another token asks for: what is left out is inherited, what reaches further than the
 * asking token itself is refused.
 */
export function narrow(token: CallerToken, expiresAt: number | null, wanted: Partial<Scope>): Scope {
  const { operations: granted } = token
  const wider = granted && wanted.operations?.find((pattern) => !covers(granted, pattern))
  if (wider) {
    throw new ToolboxError(
      'token_forbids',
      `The API token "${token.name}" is not scoped to ${wider}, so it can't make a token that is. Sign in to make it.`,
    )
  }
  if (token.persona && wanted.persona && wanted.persona !== token.persona.name) {
    throw new ToolboxError(
      'persona_forbids',
      `The API token "${token.name}" is bound to the persona "${token.persona.name}", and so is every token it makes.`,
    )
  }
  if (expiresAt !== null && wanted.expiresAt && wanted.expiresAt > expiresAt) {
    throw new ToolboxError(
      'token_forbids',
      `The API token "${token.name}" ends on ${new Date(expiresAt).toISOString()}; a token it makes can't outlive it.`,
    )
  }
  return {
    operations: wanted.operations ?? granted,
    persona: wanted.persona ?? token.persona?.name ?? null,
    expiresAt: wanted.expiresAt ?? expiresAt,
  }
}
