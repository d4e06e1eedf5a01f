import { expect, test } from 'vitest'
import { heatMapOf } from '../ui/heat-map.ts'
import type { KeptProbe } from '../ui/probe-data.ts'

function probe(counts: Readonly<Record<number, number>>, budgetMs: number | null = null): KeptProbe {
  const distribution = Object.entries(counts).map(([toMs, count]) => ({
    fromMs: Number(toMs) / Math.SQRT2,
    toMs: Number(toMs),
    count,
  }))
  return { distribution, budgetMs } as unknown as KeptProbe
}

test('every bucket has a row of its own, the slowest on top', () => {
  const map = heatMapOf([probe({ 8: 3, 32: 1 }), probe({ 64: 2 })])
  expect(map.bounds.map(Math.round)).toEqual([64, 45, 32, 23, 16, 11, 8])
  expect(map.cells(probe({ 8: 3, 32: 1 }))).toEqual([
    { top: 6, share: 1 },
    { top: 2, share: 1 / 3 },
  ])
})

test('a time lies at the upper edge of its own bucket when it is its bound', () => {
  const map = heatMapOf([probe({ 8: 1, 64: 1 })])
  expect(map.place(64)).toBe(0)
  expect(map.place(32)).toBeCloseTo(2)
  expect(map.place(0.1)).toBe(map.bounds.length)
})

test('a budget above all samples is on the scale, and is drawn as long as it held', () => {
  const map = heatMapOf([probe({ 8: 1 }, 256), probe({ 8: 1 }, 256), probe({ 8: 1 }), probe({ 8: 1 }, 16)])
  expect(map.bounds[0]).toBe(256)
  expect(map.budgets.map(({ from, to }) => [from, to])).toEqual([
    [0, 2],
    [3, 4],
  ])
})

test('without an answered sample there is nothing to lay out', () => {
  expect(heatMapOf([probe({})]).bounds).toEqual([])
})
