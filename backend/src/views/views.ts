import type { View } from '@sre-toolbox/contract/views'
import type { Caller } from '../kernel/caller.ts'
import { type Clock, toInstant } from '../kernel/clock.ts'
import { ToolboxError } from '../kernel/errors.ts'
import type { Ids } from '../kernel/ids.ts'
import type { StoredView, ViewStore } from './ports.ts'

/** Filters of lists that everybody keeps under a name for themselves. */
export interface Views {
  list(caller: Caller): Promise<View[]>
  put(caller: Caller, view: Pick<View, 'list' | 'name' | 'query'>): Promise<View>
  /** Throws `not_found`. */
  remove(caller: Caller, viewId: string): Promise<void>
}

const mostViews = 100

export function createViews({ store, clock, ids }: { store: ViewStore; clock: Clock; ids: Ids }): Views {
  return {
    list: async (caller) => (await store.of(ownerId(caller))).map(toView),

    async put(caller, view) {
      const kept = await store.put(ownerId(caller), { id: ids(), ...view, changedAt: clock.now() }, mostViews)
      if (kept) return toView(kept)
      throw new ToolboxError('conflict', `You have ${mostViews} saved views. Remove one first.`)
    },

    async remove(caller, viewId) {
      if (await store.remove(ownerId(caller), viewId)) return
      throw new ToolboxError('not_found', `You have no saved view ${viewId}. views.list shows yours.`)
    },
  }
}

function toView({ changedAt, ...view }: StoredView): View {
  return { ...view, changedAt: toInstant(changedAt) }
}

function ownerId(caller: Caller): string {
  if (caller.userId !== null) return caller.userId
  throw new ToolboxError('not_signed_in', 'Saved views belong to a user. Sign in as one.')
}
