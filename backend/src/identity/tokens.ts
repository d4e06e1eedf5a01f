import { id } from '@sre-toolbox/contract/common'
import type { Token } from '@sre-toolbox/contract/identity'
import type { Caller } from '../kernel/caller.ts'
import type { Clock } from '../kernel/clock.ts'
import { checkCursor } from '../kernel/cursor.ts'
import { ToolboxError } from '../kernel/errors.ts'
import type { Ids } from '../kernel/ids.ts'
import { validationFailed } from '../kernel/operation.ts'
import type { IdentityStore, Personas } from './ports.ts'
import { narrow, type Scope } from './scope.ts'
import { hashSecret } from './session.ts'
import { newToken, type TokenRecord, tokenPrefix, toToken } from './token.ts'
import { checkTokenOperations } from './token-operations.ts'

/** Everybody's own API tokens. */
export interface Tokens {
  list(
    caller: Caller,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<{ items: Token[]; nextCursor: string | null }>
  create(caller: Caller, wanted: WantedToken): Promise<{ token: string; details: Token }>
  revoke(caller: Caller, tokenId: string): Promise<void>
}

export interface WantedToken {
  readonly name: string
  /** Milliseconds. */
  readonly expiresAt?: number | undefined
  readonly operations?: readonly string[] | undefined
  readonly persona?: string | undefined
}

export function createTokens(deps: {
  store: IdentityStore
  clock: Clock
  ids: Ids
  personas: Personas
  operations: () => readonly string[]
  random: (size: number) => Buffer
}): Tokens {
  const { store, clock, ids, personas, random } = deps

  function check({ expiresAt, persona, operations }: WantedToken): void {
    if (expiresAt !== undefined && expiresAt <= clock.now()) {
      throw validationFailed([{ path: 'expiresAt', message: 'is in the past' }])
    }
    if (persona !== undefined && !personas.find(persona)) {
      const known = personas.names().join(', ') || 'none'
      throw validationFailed([{ path: 'persona', message: `there is no such persona; known are: ${known}` }])
    }
    if (operations) checkTokenOperations(operations, deps.operations())
  }

  async function scopeFor(caller: Caller, { operations, persona, expiresAt }: WantedToken): Promise<Scope> {
    if (!caller.token) {
      return { operations: operations ?? null, persona: persona ?? null, expiresAt: expiresAt ?? null }
    }
    const own = await store.findTokenById(caller.token.id)
    return narrow(caller.token, own?.expiresAt ?? null, {
      ...(operations && { operations }),
      ...(persona && { persona }),
      ...(expiresAt && { expiresAt }),
    })
  }

  return {
    async list(caller, { cursor, limit }) {
      checkCursor(cursor, id)
      const found = await store.listTokens(ownerId(caller), { before: cursor ?? null, limit: limit + 1 })
      const items = found.slice(0, limit).map((token) => toToken(token, caller.name))
      return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null }
    },

    async create(caller, wanted) {
      check(wanted)
      const token = newToken(random)
      const record: TokenRecord = {
        id: ids(),
        secretHash: hashSecret(token),
        userId: ownerId(caller),
        name: wanted.name,
        prefix: tokenPrefix(token),
        ...(await scopeFor(caller, wanted)),
        createdAt: clock.now(),
        lastUsedAt: null,
        revokedAt: null,
      }
      await store.addToken(record)
      return { token, details: toToken(record, caller.name) }
    },

    async revoke(caller, tokenId) {
      if (await store.revokeToken(ownerId(caller), tokenId, clock.now())) return
      throw new ToolboxError(
        'not_found',
        `You have no API token ${tokenId} that could be revoked. tokens.list shows yours.`,
      )
    },
  }
}

function ownerId(caller: Caller): string {
  if (caller.userId !== null) return caller.userId
  throw new ToolboxError('not_signed_in', 'API tokens belong to a user. Sign in as one.')
}
