import { isDeepStrictEqual } from 'node:util'

type Plain = { [key: string]: unknown }

/** A value that both sides changed in different ways; the merged value holds ours. */
export type ValueConflict = { path: readonly string[]; ours: unknown; theirs: unknown }

/**
 * Merges three values by meaning: maps by key, lists of things with an `id` by that id, other lists as sets. A task that
 * one side removed and the other changed stays.
 */
export function mergeValues(base: unknown, ours: unknown, theirs: unknown) {
  const conflicts: ValueConflict[] = []

  const merge = (b: unknown, o: unknown, t: unknown, path: readonly string[]): unknown => {
    if (isDeepStrictEqual(o, t) || isDeepStrictEqual(t, b)) return o
    if (isDeepStrictEqual(o, b)) return t
    if (isMap(o) && isMap(t)) return mergeMaps(isMap(b) ? b : {}, o, t, path)
    if (Array.isArray(o) && Array.isArray(t)) {
      const before = Array.isArray(b) ? b : []
      return [...o, ...t].every(hasId) ? mergeById(before, o, t, path) : mergeSets(before, o, t)
    }
    const settled = settle(path.at(-1), o, t)
    if (settled !== undefined) return settled
    conflicts.push({ path, ours: o, theirs: t })
    return o
  }

  const mergeMaps = (b: Plain, o: Plain, t: Plain, path: readonly string[]): Plain => {
    const keys = [...new Set([...Object.keys(o), ...Object.keys(t)])]
    const merged = keys.map((key) => [key, merge(b[key], o[key], t[key], [...path, key])] as const)
    return Object.fromEntries(merged.filter(([, value]) => value !== undefined))
  }

  const mergeById = (b: unknown[], o: Plain[], t: Plain[], path: readonly string[]): Plain[] => {
    const [before, mine, yours] = [index(b.filter(hasId)), index(o), index(t)]
    const common = [...before.keys()].filter((id) => mine.has(id) && yours.has(id))
    const sameOrder = isDeepStrictEqual(only(mine, common), only(before, common))
    const order = interleave(
      sameOrder ? [...yours.keys()] : [...mine.keys()],
      sameOrder ? [...mine.keys()] : [...yours.keys()],
    )
    return order.flatMap((id): Plain[] => {
      const [was, m, y] = [before.get(id), mine.get(id), yours.get(id)]
      if (m && y) return [merge(was, m, y, [...path, id]) as Plain]
      const left = m ?? y
      return left && !isDeepStrictEqual(left, was) ? [left] : []
    })
  }

  const value = merge(base, ours, theirs, [])
  return { value, conflicts }
}

/** What one side removed is gone; what either side added is there. */
export function mergeSets(
  base: readonly unknown[],
  ours: readonly unknown[],
  theirs: readonly unknown[],
): unknown[] {
  const has = (list: readonly unknown[], item: unknown) => list.some((each) => isDeepStrictEqual(each, item))
  const kept = ours.filter((item) => has(theirs, item) || !has(base, item))
  return [...kept, ...theirs.filter((item) => !has(ours, item) && !has(base, item))]
}

/** Puts what only the second order has right behind what it follows there. */
function interleave(first: readonly string[], second: readonly string[]): string[] {
  const result = [...first]
  second.forEach((id, at) => {
    if (first.includes(id)) return
    const previous = second.slice(0, at).findLast((each) => result.includes(each))
    result.splice(previous === undefined ? 0 : result.indexOf(previous) + 1, 0, id)
  })
  return result
}

/** Work that landed on one side is done; the later date is the date. */
function settle(key: string | undefined, ours: unknown, theirs: unknown): unknown {
  if (key === 'status' && (ours === 'done' || theirs === 'done')) return 'done'
  if (key === 'updated' && typeof ours === 'string' && typeof theirs === 'string')
    return ours > theirs ? ours : theirs
  return undefined
}

function isMap(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasId(value: unknown): value is Plain {
  return isMap(value) && value.id !== undefined
}

function index(items: readonly Plain[]): Map<string, Plain> {
  return new Map(items.map((item) => [String(item.id), item]))
}

function only(map: ReadonlyMap<string, Plain>, ids: readonly string[]): string[] {
  return [...map.keys()].filter((id) => ids.includes(id))
}
