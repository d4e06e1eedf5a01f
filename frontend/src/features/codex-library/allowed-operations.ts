import type { ListedOperation } from '../../lib/operation-list.ts'

export interface AllowedOperations {
  /** By what they concern: `jobs`, `toolkits`. */
  readonly groups: readonly { readonly name: string; readonly operations: readonly ListedOperation[] }[]
  readonly counts: Readonly<Record<ListedOperation['effect'], number>>
  /** Patterns that fit nothing here. */
  readonly notOffered: readonly string[]
}

/** The operations of this Toolbox that the patterns of a persona allow. */
export function allowedOperations(
  patterns: readonly string[],
  offered: readonly ListedOperation[],
): AllowedOperations {
  const allowed = offered.filter(({ id }) => patterns.some((pattern) => fits(pattern, id)))
  const groups = Map.groupBy(allowed, ({ id }) => id.slice(0, id.indexOf('.')))
  const count = (effect: ListedOperation['effect']) => allowed.filter((each) => each.effect === effect).length
  return {
    groups: [...groups].map(([name, operations]) => ({ name, operations })),
    counts: { read: count('read'), write: count('write'), destructive: count('destructive') },
    notOffered: patterns.filter((pattern) => !offered.some(({ id }) => fits(pattern, id))),
  }
}

function fits(pattern: string, id: string): boolean {
  return pattern.endsWith('.*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern
}
