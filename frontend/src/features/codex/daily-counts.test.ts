import { expect, it } from 'vitest'
import { dailyCounts } from './daily-counts.ts'

const point = (at: string, total: number, done: number) => ({
  at,
  commit: null,
  total,
  counts: { backlog: total - done, in_progress: 0, blocked: 0, done },
})
const told = (days: ReturnType<typeof dailyCounts>) =>
  days.map(({ day, done, total }) => `${day} ${done}/${total}`)

it('counts every day, those without a change as the one before', () => {
  const points = [
    point('2026-05-01T09:00:00.000Z', 3, 0),
    point('2026-05-01T17:00:00.000Z', 4, 1),
    point('2026-05-04T08:00:00.000Z', 5, 3),
  ]
  const all = ['2026-05-01 1/4', '2026-05-02 1/4', '2026-05-03 1/4', '2026-05-04 3/5']
  expect(told(dailyCounts(points, 90))).toEqual(all)
  expect(told(dailyCounts(points, 2))).toEqual(all.slice(2))
  expect(dailyCounts([], 90)).toEqual([])
})
