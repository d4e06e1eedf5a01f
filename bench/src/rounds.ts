import { median } from './statistics.ts'

/** One measurement; the number is what the benchmark compares. */
export type Measure = () => Promise<number>

export interface Contender {
  name: string
  measure: Measure
}

/**
 * Takes turns, so that whatever else the machine does falls on all alike. Each starts with one round that does not
 * count. Answers our median and the best one among the peer's variants.
 */
export async function takeTurns(
  rounds: number,
  peers: readonly Contender[],
  ours: Measure,
): Promise<{ peer: number; ours: number; notes: string[] }> {
  const contenders = [...peers, { name: 'ours', measure: ours }].map((contender) => ({
    ...contender,
    measured: [] as number[],
  }))
  for (let round = 0; round <= rounds; round++) {
    for (const { measure, measured } of contenders) measured.push(await measure())
  }
  const rated = contenders.map(({ name, measured }) => ({ name, rate: median(measured.slice(1)) }))
  const own = rated.pop()
  if (own === undefined) throw new Error('Nobody took part.')
  return { peer: Math.max(...rated.map(({ rate }) => rate)), ours: own.rate, notes: rated.map(describeRate) }
}

function describeRate({ name, rate }: { name: string; rate: number }): string {
  return `${name}: ${Math.round(rate).toLocaleString('en')}/s`
}

/** Measures every variant, one warm-up round and `rounds` that count, and answers the one with the highest median. */
export async function fastest<V extends { name: string }>(
  variants: readonly V[],
  rounds: number,
  open: (variant: V) => Promise<{ measure: Measure; close: () => Promise<void> }>,
): Promise<{ best: V; notes: string[] }> {
  const rated: { variant: V; name: string; rate: number }[] = []
  for (const variant of variants) {
    const { measure, close } = await open(variant)
    const rates: number[] = []
    for (let round = 0; round <= rounds; round++) rates.push(await measure())
    await close()
    rated.push({ variant, name: variant.name, rate: median(rates.slice(1)) })
  }
  rated.sort((a, b) => b.rate - a.rate)
  const best = rated[0]
  if (best === undefined) throw new Error('There is no variant to choose from.')
  return { best: best.variant, notes: rated.map(describeRate) }
}
