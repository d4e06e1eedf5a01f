import type { Edge, Layout } from './lay-out-graph.ts'

/** Where an arrow key leads from a task: back to what it needs, on to what waits for it, or up and down its column. */
export function graphStep(
  places: Layout['places'],
  edges: readonly Edge[],
  from: string,
  key: string,
): string | undefined {
  const here = places.get(from)
  if (!here) return undefined
  const nearest = (tasks: readonly string[]) =>
    tasks
      .flatMap((task) => {
        const place = places.get(task)
        return place
          ? [{ task, far: [Math.abs(place.row - here.row), Math.abs(place.column - here.column)] }]
          : []
      })
      .sort((a, b) => (a.far[0] ?? 0) - (b.far[0] ?? 0) || (a.far[1] ?? 0) - (b.far[1] ?? 0))[0]?.task
  const inColumn = (side: (row: number) => boolean) =>
    nearest([...places].filter(([, at]) => at.column === here.column && side(at.row)).map(([task]) => task))
  switch (key) {
    case 'ArrowLeft':
      return nearest(edges.filter(({ task }) => task === from).map(({ needs }) => needs))
    case 'ArrowRight':
      return nearest(edges.filter(({ needs }) => needs === from).map(({ task }) => task))
    case 'ArrowUp':
      return inColumn((row) => row < here.row)
    case 'ArrowDown':
      return inColumn((row) => row > here.row)
    default:
      return undefined
  }
}
