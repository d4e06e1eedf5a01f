import { expect, test } from 'vitest'
import { cardOf } from '../server/card.ts'
import type { ProbedTarget } from '../server/history.ts'

const target = (changes: Partial<ProbedTarget>): ProbedTarget => ({
  url: 'http://one.test/',
  method: 'GET',
  startedAt: '2030-01-02T03:04:05.000Z',
  count: 10,
  failed: 0,
  p95: 123.4,
  budgetMs: null,
  withinBudget: null,
  ...changes,
})

test('the card shows how the latest probes ended', () => {
  expect(cardOf([target({}), target({ url: 'http://two.test/' })])).toEqual({
    status: 'healthy',
    headline: 'All answered as they should.',
    rows: ['http://one.test/', 'http://two.test/'].map((label) => ({
      label,
      value: 'p95 123 ms',
      status: 'healthy',
      at: '2030-01-02T03:04:05.000Z',
    })),
  })
})

test('a URL that did not answer counts more than one that was slow', () => {
  const slow = target({ budgetMs: 100, withinBudget: false })
  const silent = target({ p95: null })
  expect(cardOf([slow])).toMatchObject({ status: 'degraded', headline: '1 of 1 missed their budget.' })
  expect(cardOf([slow, silent])).toMatchObject({
    status: 'unhealthy',
    headline: '1 of 2 did not answer.',
    rows: [{ status: 'degraded' }, { status: 'unhealthy', value: 'no answer' }],
  })
})

test('of many URLs the card shows those probed last; without any it says so', () => {
  expect(cardOf(Array.from({ length: 40 }, () => target({}))).rows).toHaveLength(7)
  expect(cardOf([])).toEqual({ status: 'unknown', headline: 'Nothing was probed so far.', rows: [] })
})
