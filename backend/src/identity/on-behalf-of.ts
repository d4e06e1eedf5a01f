import type { Caller } from '../kernel/caller.ts'
import type { Clock } from '../kernel/clock.ts'
import { ToolboxError } from '../kernel/errors.ts'
import { callerOf, whyRefused } from './authenticate.ts'
import type { IdentityStore, Personas } from './ports.ts'

/** The caller that a user, by a token or not, would be now; for work that goes on after the request. */
export type OnBehalfOf = (requester: { userId: string; tokenId: string | null }) => Promise<Caller>

/** Throws `not_signed_in` when the user or the token may no longer act. */
export function createOnBehalfOf(deps: {
  store: IdentityStore
  clock: Clock
  personas: Personas
}): OnBehalfOf {
  return async ({ userId, tokenId }) => {
    const user = await deps.store.findUser(userId)
    if (!user || user.disabled) {
      throw new ToolboxError('not_signed_in', 'The user who asked for this is gone or disabled.')
    }
    const caller = callerOf(user, null)
    if (tokenId === null) return { ...caller, kind: 'user' }

    const token = await deps.store.findTokenById(tokenId)
    if (!token) throw new ToolboxError('not_signed_in', 'The API token that this was asked with is gone.')
    const persona = token.persona === null ? null : deps.personas.find(token.persona)
    const reason = whyRefused(token, user, persona === undefined, deps.clock.now())
    if (reason) throw new ToolboxError('not_signed_in', reason)
    const { id, name, operations } = token
    return { ...caller, kind: 'token', token: { id, name, operations, persona: persona ?? null } }
  }
}
