/** The p-th percentile (0 to 100) by the nearest-rank method. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = Float64Array.from(values).sort()
  const value = sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)]
  if (value === undefined) throw new Error('A percentile needs at least one value.')
  return value
}

export const median = (values: readonly number[]): number => percentile(values, 50)
