/** What waits for what: `task` comes after `needs`. */
export interface Edge {
  readonly task: string
  readonly needs: string
}

export interface Layout {
  /** In columns and rows: a task stands in a later column than all that it waits for. */
  readonly places: ReadonlyMap<string, { readonly column: number; readonly row: number }>
  readonly columns: number
  readonly rows: number
}

/**
 * Tasks that hang together keep together, one group below the other; within a group each column is sorted so that
 * lines cross little. Cycles, which a backlog should not have, are drawn as if the edge that closes them were not there.
 */
export function layOutGraph(tasks: readonly string[], edges: readonly Edge[]): Layout {
  const known = new Set(tasks)
  const used = edges.filter(({ task, needs }) => known.has(task) && known.has(needs) && task !== needs)
  const needsOf = Map.groupBy(used, ({ task }) => task)
  const waitersOf = Map.groupBy(used, ({ needs }) => needs)
  const depths = depthsOf(tasks, (task) => needsOf.get(task)?.map(({ needs }) => needs) ?? [])
  const places = new Map<string, { column: number; row: number }>()
  let firstRow = 0
  for (const group of groupsOf(tasks, needsOf, waitersOf)) {
    const columns: string[][] = []
    for (const task of group) {
      const depth = depths.get(task) ?? 0
      columns[depth] = [...(columns[depth] ?? []), task]
    }
    sortToCrossLittle(columns, needsOf, waitersOf)
    columns.forEach((column, index) => {
      column.forEach((task, row) => {
        places.set(task, { column: index, row: firstRow + row })
      })
    })
    firstRow += Math.max(...columns.map((column) => column?.length ?? 0))
  }
  const columns = 1 + Math.max(-1, ...[...places.values()].map(({ column }) => column))
  return { places, columns, rows: firstRow }
}

/** How many steps lead to each task, along the longest way. */
function depthsOf(
  tasks: readonly string[],
  needsOf: (task: string) => readonly string[],
): ReadonlyMap<string, number> {
  const depths = new Map<string, number>()
  const entered = new Set<string>()
  function depthOf(task: string): number {
    const known = depths.get(task)
    if (known !== undefined) return known
    entered.add(task)
    const before = needsOf(task).filter((need) => depths.has(need) || !entered.has(need))
    const depth = Math.max(-1, ...before.map(depthOf)) + 1
    depths.set(task, depth)
    return depth
  }
  for (const task of tasks) depthOf(task)
  return depths
}

type Neighbours = ReadonlyMap<string, readonly Edge[]>

/** Tasks that hang together, the largest group first. */
function groupsOf(tasks: readonly string[], needsOf: Neighbours, waitersOf: Neighbours): string[][] {
  const seen = new Set<string>()
  const groups: string[][] = []
  for (const start of tasks) {
    if (seen.has(start)) continue
    const group: string[] = []
    const ahead = [start]
    seen.add(start)
    for (let task = ahead.shift(); task !== undefined; task = ahead.shift()) {
      group.push(task)
      const near = [
        ...(needsOf.get(task) ?? []).map(({ needs }) => needs),
        ...(waitersOf.get(task) ?? []).map((edge) => edge.task),
      ]
      for (const other of near) {
        if (!seen.has(other)) ahead.push(other)
        seen.add(other)
      }
    }
    groups.push(group)
  }
  return groups.sort((a, b) => b.length - a.length)
}

/** Each column by where its neighbours to the left stand, then to the right, and once more. */
function sortToCrossLittle(columns: string[][], needsOf: Neighbours, waitersOf: Neighbours): void {
  const rows = new Map<string, number>()
  const note = (column: readonly string[]) => {
    column.forEach((task, row) => {
      rows.set(task, row)
    })
  }
  columns.forEach(note)
  const sortBy = (column: string[], near: (task: string) => readonly string[]) => {
    const middle = new Map(
      column.map((task) => {
        const at = near(task).flatMap((other) => rows.get(other) ?? [])
        return [task, at.length > 0 ? at.reduce((sum, row) => sum + row, 0) / at.length : rows.get(task)]
      }),
    )
    column.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0))
    note(column)
  }
  for (let pass = 0; pass < 2; pass += 1) {
    for (const column of columns)
      sortBy(column, (task) => (needsOf.get(task) ?? []).map(({ needs }) => needs))
    for (const column of columns.toReversed())
      sortBy(column, (task) => (waitersOf.get(task) ?? []).map((edge) => edge.task))
  }
}
