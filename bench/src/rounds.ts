import { median } from './statistics.ts'

/** One measurement; the number is what the benchmark compares. */
export type Measure = () => Promise<number>

/**
 * Takes turns, so that whatever else the machine does falls on both alike. Each starts with one round that does not
 * count. Answers the medians.
 */
export async function takeTurns(
  rounds: number,
  peer: Measure,
  ours: Measure,
): Promise<{ peer: number; ours: number }> {
  const peers: number[] = []
  const own: number[] = []
  for (let round = 0; round <= rounds; round++) {
    peers.push(await peer())
    own.push(await ours())
  }
  return { peer: median(peers.slice(1)), ours: median(own.slice(1)) }
}

/** Measures every variant, one warm-up round and `rounds` that count, and answers the one with the highest median. */
export async function fastest<V extends { name: string }>(
  variants: readonly V[],
  rounds: number,
  open: (variant: V) => Promise<{ measure: Measure; close: () => Promise<void> }>,
): Promise<{ best: V; notes: string[] }> {
  const measured: { variant: V; rate: number }[] = []
  for (const variant of variants) {
    const { measure, close } = await open(variant)
    const rates: number[] = []
    for (let round = 0; round <= rounds; round++) rates.push(await measure())
    await close()
    measured.push({ variant, rate: median(rates.slice(1)) })
  }
  measured.sort((a, b) => b.rate - a.rate)
  const best = measured[0]
  if (best === undefined) throw new Error('There is no variant to choose from.')
  const notes = measured.map(
    ({ variant, rate }) => `${variant.name}: ${Math.round(rate).toLocaleString('en')}/s`,
  )
  return { best: best.variant, notes }
}
