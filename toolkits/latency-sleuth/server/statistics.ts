import type { Sample } from './sample.ts'

export const phases = ['dns', 'connect', 'tls', 'firstByte', 'download', 'total'] as const
export type Phase = (typeof phases)[number]

/** Milliseconds. */
export interface Spread {
  readonly p50: number
  readonly p90: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

/** Null for a phase that took place in no sample. */
export type Percentiles = Readonly<Record<Phase, Spread | null>>

/**
 * Nearest rank: the smallest measured value that at least `percent` of all values do not exceed. Always a value that
 * was measured, never one in between. `sorted` ascends and is not empty.
 */
export function percentile(sorted: readonly number[], percent: number): number {
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length))
  return sorted[rank - 1] as number
}

/** Over the samples that were answered, whatever the status. */
export function percentilesOf(samples: readonly Sample[]): Percentiles {
  return Object.fromEntries(phases.map((phase) => [phase, spreadOf(samples, phase)])) as Percentiles
}

function spreadOf(samples: readonly Sample[], phase: Phase): Spread | null {
  const sorted = samples
    .map((sample) => sample[phase])
    .filter((time) => time !== null)
    .sort((a, b) => a - b)
  if (sorted.length === 0) return null
  return {
    p50: percentile(sorted, 50),
    p90: percentile(sorted, 90),
    p95: percentile(sorted, 95),
    p99: percentile(sorted, 99),
    max: percentile(sorted, 100),
  }
}
