import { expect, test } from 'vitest'
import { distributionOf } from '../server/distribution.ts'
import type { Sample } from '../server/sample.ts'

const took = (...totals: (number | null)[]) => totals.map((total) => ({ total }) as Sample)

test('every sample that was answered falls into one bucket, whose bounds it keeps', () => {
  const totals = [0, 0.4, 1, 1.41, 1.42, 7.9, 8, 8.1, 250, 59_000]
  const buckets = distributionOf(took(...totals, null))
  expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(totals.length)
  for (const { fromMs, toMs, count } of buckets) {
    const within = totals.filter((total) => total <= toMs && (total > fromMs || fromMs === 0))
    expect(within).toHaveLength(count)
  }
})

test('the buckets of two probes meet, so that probes can be laid side by side', () => {
  const [low, high] = distributionOf(took(9, 12))
  expect(low?.toMs).toBe(high?.fromMs)
  expect(distributionOf(took(12))).toEqual([high])
})

test('without an answer there is none', () => {
  expect(distributionOf(took(null, null))).toEqual([])
})
