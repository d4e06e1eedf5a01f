import type { Tick } from './TimePlot.tsx'

/** From zero to a round number above the greatest value. */
export function linearScale(values: readonly number[], format: (value: number) => string) {
  const most = roundUp(Math.max(1, ...values))
  const ticks: Tick[] = [0.5, 1].map((at) => ({ at, word: format(most * at) }))
  return { most, share: (value: number) => value / most, ticks: most < 2 ? ticks.slice(1) : ticks }
}

/** By powers of ten, for what differs by magnitudes. Values below one are drawn as one. */
export function logScale(values: readonly number[], format: (value: number) => string) {
  const powers = values.filter((value) => value > 0).map(powerOf)
  const low = Math.floor(Math.min(...powers, 3))
  const high = Math.max(low + 1, Math.ceil(Math.max(...powers, 0)))
  const ticks = Array.from({ length: high - low + 1 }, (_, step) => ({
    at: step / (high - low),
    word: format(10 ** (low + step)),
  }))
  return { share: (value: number) => (powerOf(value) - low) / (high - low), ticks: ticks.slice(1) }
}

const powerOf = (value: number) => Math.log10(Math.max(1, value))

/** 1, 2, 4, 6, 10, 20, 40, 60, 100 …: half of it is a whole number. */
function roundUp(value: number): number {
  if (value <= 2) return Math.ceil(value)
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 4, 6, 10].find((candidate) => candidate * power >= value) ?? 10
  return step * power
}
