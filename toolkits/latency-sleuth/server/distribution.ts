import type { Sample } from './sample.ts'

/** How many answered samples took longer than `fromMs` and at most `toMs` in total. */
export interface Bucket {
  readonly fromMs: number
  readonly toMs: number
  readonly count: number
}

/** Half an octave each, so that a bucket is as telling at 5 ms as at 5 s. */
const perOctave = 2

/** Buckets that hold something, ascending. Their bounds are the same for every probe, so probes can be laid side by side. */
export function distributionOf(samples: readonly Sample[]): Bucket[] {
  const counts = new Map<number, number>()
  for (const { total } of samples) {
    if (total === null) continue
    // Below a millisecond nothing is worth telling apart.
    const step = Math.max(1, Math.ceil(Math.log2(Math.max(total, 1)) * perOctave))
    counts.set(step, (counts.get(step) ?? 0) + 1)
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([step, count]) => ({ fromMs: step === 1 ? 0 : boundOf(step - 1), toMs: boundOf(step), count }))
}

function boundOf(step: number): number {
  return Number((2 ** (step / perOctave)).toPrecision(3))
}
