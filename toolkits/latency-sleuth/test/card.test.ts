import { expect, test } from 'vitest'
import { cardOf } from '../server/card.ts'
import type { ProbedTarget } from '../server/history.ts'

const at = '2030-01-02T03:04:05.000Z'
const now = Date.parse(at) + 60_000

const target = (changes: Partial<ProbedTarget>): ProbedTarget => ({
  url: 'http://one.test/',
  method: 'GET',
  startedAt: at,
  count: 10,
  failed: 0,
  p95: 123.4,
  budgetMs: null,
  withinBudget: null,
  ...changes,
})
const slow = target({ budgetMs: 100, withinBudget: false })
const silent = target({ failed: 10, p95: null, withinBudget: false })

test('the card shows how the latest probes ended', () => {
  expect(cardOf([target({}), target({ url: 'http://two.test/' })], now)).toEqual({
    status: 'healthy',
    headline: 'All answered as they should.',
    rows: ['http://one.test/', 'http://two.test/'].map((label) => ({
      label,
      value: 'p95 123 ms',
      status: 'healthy',
      at,
    })),
  })
})

test('a URL that gave no good answer comes before one that was slow, and that before one that is well', () => {
  expect(cardOf([slow], now)).toMatchObject({ status: 'degraded', headline: '1 of 1 missed their budget.' })
  expect(cardOf([target({}), slow, silent], now)).toMatchObject({
    status: 'unhealthy',
    headline: '1 of 3 gave no good answer.',
    rows: [{ status: 'unhealthy', value: 'no answer' }, { status: 'degraded' }, { status: 'healthy' }],
  })
})

test('answers that are all errors are no good answers, however quick they were; some are said', () => {
  expect(cardOf([target({ failed: 10, withinBudget: false })], now)).toMatchObject({
    status: 'unhealthy',
    rows: [{ status: 'unhealthy', value: '10 of 10 failed, p95 123 ms' }],
  })
  expect(cardOf([target({ failed: 2, withinBudget: false })], now)).toMatchObject({
    status: 'degraded',
    rows: [{ status: 'degraded', value: '2 of 10 failed, p95 123 ms' }],
  })
})

test('what was probed more than a day ago is shown, but alarms nobody', () => {
  const later = now + 24 * 3_600_000
  expect(cardOf([silent], later)).toEqual({
    status: 'unknown',
    headline: 'Nothing was probed in the last 24 hours.',
    rows: [{ label: 'http://one.test/', value: 'no answer', at }],
  })
  const fresh = target({ url: 'http://two.test/', startedAt: new Date(later).toISOString() })
  expect(cardOf([fresh, silent], later)).toMatchObject({
    status: 'healthy',
    rows: [{ label: 'http://two.test/' }, { label: 'http://one.test/' }],
  })
})

test('of many URLs the card shows those probed last, and what is ill among all; without any it says so', () => {
  const many = Array.from({ length: 40 }, () => target({}))
  expect(cardOf(many, now).rows).toHaveLength(7)
  expect(cardOf([...many, silent], now)).toMatchObject({
    headline: '1 of 41 gave no good answer.',
    rows: { 0: { status: 'unhealthy' }, length: 7 },
  })
  expect(cardOf([], now)).toEqual({ status: 'unknown', headline: 'Nothing was probed so far.', rows: [] })
})
