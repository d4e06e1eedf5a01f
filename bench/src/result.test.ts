import { expect, test } from 'vitest'
import { absolute, atLeast, atMost, atMostAbsolute, compared, renderResult } from './result.ts'
import { median, percentile } from './statistics.ts'

test('a ratio is ours over the peer and is judged by its target', () => {
  expect(compared('jobs', 'jobs/s', 100, 2000, atLeast(20))).toMatchObject({ ratio: 20, met: true })
  expect(compared('jobs', 'jobs/s', 100, 1999, atLeast(20)).met).toBe(false)
  expect(compared('latency', 'ms', 10, 7, atMost(0.7)).met).toBe(true)
  expect(compared('latency', 'ms', 10, 7.1, atMost(0.7)).met).toBe(false)
  expect(compared('for information', 'ms', 10, 7).met).toBeNull()
})

test('a number without a peer is judged by itself', () => {
  expect(absolute('start', 's', 1, atMostAbsolute(1, 's')).met).toBe(true)
  expect(absolute('start', 's', 1.01, atMostAbsolute(1, 's'))).toMatchObject({ met: false, target: '≤ 1 s' })
})

test('a missed target is shown as missed', () => {
  const rows = [compared('jobs', 'jobs/s', 1000, 4000, atLeast(20))]
  const text = renderResult({ name: 'v0', title: 'Example', rows, notes: ['five rounds'] })
  expect(text).toMatch(/jobs +jobs\/s +1,000 +4,000 +4\.00 × +≥ 20 × +MISSED/)
  expect(text).toContain('· five rounds')
})

test('percentiles are values that were measured', () => {
  const values = [5, 1, 4, 2, 3]
  expect(median(values)).toBe(3)
  expect(percentile(values, 99)).toBe(5)
  expect(percentile(values, 0)).toBe(1)
  expect(() => median([])).toThrow('at least one value')
})
