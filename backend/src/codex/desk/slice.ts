import { CodexError } from '@sre-toolbox/codex'

/** One page of a list that is all there; the cursor is a place in it. */
export function slice<Item>(
  all: readonly Item[],
  cursor: string | undefined,
  limit: number,
): { items: Item[]; nextCursor: string | null } {
  const from = cursor === undefined ? 0 : Number(/^\d{1,9}$/.exec(cursor)?.[0] ?? Number.NaN)
  if (Number.isNaN(from)) {
    const message = 'The cursor is not one that this list gave. Begin without one.'
    throw new CodexError('bad_cursor', 'user', message, { field: 'cursor' })
  }
  const end = from + limit
  return { items: all.slice(from, end), nextCursor: end < all.length ? String(end) : null }
}
