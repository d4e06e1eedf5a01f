import { listViews, putView, removeView } from '@sre-toolbox/contract/views'
import { bind, type Operation } from '../kernel/operation.ts'
import type { Views } from './index.ts'

export function createViewOperations(views: Views): Operation[] {
  return [
    bind(listViews, async (_, { caller }) => ({ items: await views.list(caller), nextCursor: null })),
    bind(putView, async (view, { caller }) => ({ view: await views.put(caller, view) })),
    bind(removeView, async ({ viewId }, { caller }) => {
      await views.remove(caller, viewId)
      return {}
    }),
  ]
}
