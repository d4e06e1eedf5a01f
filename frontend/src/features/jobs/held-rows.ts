interface Row {
  readonly id: string
}

/**
 * Rows under a pointer must not move: the held ones keep their places and take on their latest content, older ones may
 * join at the end, and newer ones are only counted. Ids ascend with time; rows are newest first.
 */
export function holdRows<R extends Row>(
  held: readonly R[],
  latest: readonly R[],
): { rows: R[]; fresh: number } {
  const first = held[0]
  const last = held.at(-1)
  if (!first || !last) return { rows: [...latest], fresh: 0 }
  const byId = new Map(latest.map((row) => [row.id, row]))
  const older = latest.filter(({ id }) => id < last.id)
  return {
    rows: [...held.map((row) => byId.get(row.id) ?? row), ...older],
    fresh: latest.filter(({ id }) => id > first.id).length,
  }
}
