import type { KeptProbe } from './probe-data.ts'

/** The scale of the distributions: two steps an octave. */
const perOctave = 2
const stepOf = (ms: number) => Math.log2(Math.max(ms, 1)) * perOctave
const boundOf = (step: number) => 2 ** (step / perOctave)
const leastRows = 6
const mostLabels = 8

export interface HeatMapLayout {
  /** Upper bounds of the rows in milliseconds, from the top. */
  readonly bounds: readonly number[]
  /** Every so many rows carry a label. */
  readonly everyLabel: number
  /** How far from the top, in rows, a time lies. */
  place(ms: number): number
  cells(probe: KeptProbe): readonly { readonly top: number; readonly share: number }[]
  /** Where which budget held, in columns. */
  readonly budgets: readonly { readonly from: number; readonly to: number; readonly top: number }[]
}

/** Lays probes side by side, oldest first, on a logarithmic scale that holds all of their samples. */
export function heatMapOf(probes: readonly KeptProbe[]): HeatMapLayout {
  const steps = probes.flatMap(({ distribution }) => distribution.map(({ toMs }) => Math.round(stepOf(toMs))))
  if (steps.length === 0) return { bounds: [], everyLabel: 1, place: () => 0, cells: () => [], budgets: [] }
  const budgetSteps = probes.flatMap(({ budgetMs }) =>
    budgetMs === null ? [] : [Math.ceil(stepOf(budgetMs))],
  )
  const lowest = Math.min(...steps)
  const highest = Math.max(...steps, ...budgetSteps, lowest + leastRows - 1)
  const bounds = Array.from({ length: highest - lowest + 1 }, (_, index) => boundOf(highest - index))
  const place = (ms: number) => Math.min(bounds.length, Math.max(0, highest - stepOf(ms)))
  return {
    bounds,
    everyLabel: Math.ceil(bounds.length / mostLabels),
    place,
    cells({ distribution }) {
      const most = Math.max(1, ...distribution.map(({ count }) => count))
      return distribution.map(({ toMs, count }) => ({
        top: highest - Math.round(stepOf(toMs)),
        share: count / most,
      }))
    },
    budgets: stretchesOf(probes).map(({ from, to, budgetMs }) => ({ from, to, top: place(budgetMs) })),
  }
}

/** Neighbours with the same budget. */
function stretchesOf(probes: readonly KeptProbe[]) {
  const stretches: { from: number; to: number; budgetMs: number }[] = []
  probes.forEach(({ budgetMs }, index) => {
    const open = stretches.at(-1)
    if (budgetMs === null) return
    if (open && open.to === index && open.budgetMs === budgetMs) open.to = index + 1
    else stretches.push({ from: index, to: index + 1, budgetMs })
  })
  return stretches
}
