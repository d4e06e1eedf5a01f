import type { View } from '@sre-toolbox/contract/views'

export type StoredView = Omit<View, 'changedAt'> & {
  /** Milliseconds. */
  readonly changedAt: number
}

export interface ViewStore {
  /** By list and name. */
  of(userId: string): Promise<StoredView[]>
  /** Replaces the user's view of the same list and name, which keeps its id. Null when the user has `most` others. */
  put(userId: string, view: StoredView, most: number): Promise<StoredView | null>
  /** False when the user has no such view. */
  remove(userId: string, viewId: string): Promise<boolean>
}
