import { nearest } from '@sre-toolbox/contract/nearest'
import { refuse } from '../kernel/errors.ts'
import { pairOf } from '../yaml/node.ts'
import type { Task } from './backlog.ts'

const ownKeys = ['id', 'title', 'status', 'priority', 'notes', 'blockers', 'dependsOn', 'added']

/** Keys of anyone's own are welcome; a new one that all but spells a known one is a slip, and would be lost in silence. */
export function refuseMistyped(task: Task, set: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(set)) {
    if (value === undefined || ownKeys.includes(key) || pairOf(task.node, key)) continue
    const near = nearest(key, ownKeys)
    if (near.length > 0) {
      throw refuse(
        'unknown_key',
        `A task has no key \`${key}\`. Did you mean ${near.join(' or ')}? A key of your own by that name has to be written by hand.`,
      )
    }
  }
}
