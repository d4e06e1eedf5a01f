import { expect, test } from 'vitest'
import { percentile, percentilesOf } from '../server/statistics.ts'
import { inShort, judge } from '../server/verdict.ts'

const spread = (p95: number) => ({ p50: 1, p90: 1, p95, p99: p95, max: p95 })
const none = { dns: null, connect: null, tls: null, firstByte: null, download: null }

test('a percentile is the smallest measured value that so many do not exceed', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1)
  expect([50, 90, 95, 99, 100].map((percent) => percentile(hundred, percent))).toEqual([50, 90, 95, 99, 100])
  expect([50, 95].map((percent) => percentile([7], percent))).toEqual([7, 7])
  expect([50, 51, 100].map((percent) => percentile([1, 2], percent))).toEqual([1, 2, 2])
})

test('phases that never took place have no percentiles', () => {
  const sample = { number: 1, at: '', ok: true, status: 200, error: null, ...none, total: 5 }
  const percentiles = percentilesOf([sample, { ...sample, total: 3 }, { ...sample, ok: false, total: null }])
  expect(percentiles).toEqual({ ...none, total: { p50: 3, p90: 5, p95: 5, p99: 5, max: 5 } })
})

test.each([
  [
    'in time',
    100,
    0,
    true,
    '95 % of the answers took at most 80.0 ms, within the budget of 100 ms. No sample failed.',
  ],
  ['just in time', 80, 0, true, 'within the budget'],
  ['late', 70, 0, false, '10.0 ms over the budget of 70 ms'],
  ['failing', 100, 1, false, '1 of 10 samples failed. At most 0.0 % may fail.'],
])('the verdict of a probe that was %s', (_, budgetMs, failed, withinBudget, explanation) => {
  const verdict = judge({ ...none, total: spread(80) }, { count: 10, failed }, { budgetMs, maxErrorRate: 0 })
  expect(verdict).toEqual({ withinBudget, explanation: expect.stringContaining(explanation) })
})

test.each([
  ['10.0 ms over budget, p95 80.0 ms', 70, 0, 80],
  ['10.0 ms over budget, 1 of 10 failed, p95 80.0 ms', 70, 1, 80],
  ['1 of 10 failed, p95 80.0 ms', 100, 1, 80],
  ['Within budget, p95 80.0 ms', 100, 0, 80],
  ['p95 80.0 ms', null, 0, 80],
  ['No answer, 10 of 10 failed', 100, 10, null],
])('in short: %s', (text, budgetMs, failed, p95) => {
  const percentiles = { ...none, total: p95 === null ? null : spread(p95) }
  const budget = { budgetMs: budgetMs ?? undefined, maxErrorRate: 0 }
  const verdict = judge(percentiles, { count: 10, failed }, budget)
  expect(inShort({ count: 10, failed, percentiles, budgetMs, verdict })).toBe(text)
})

test('failures that are tolerated do not break the budget', () => {
  const percentiles = { ...none, total: spread(80) }
  const budget = { budgetMs: 100, maxErrorRate: 0.1 }
  expect(judge(percentiles, { count: 10, failed: 1 }, budget).withinBudget).toBe(true)
  expect(judge(percentiles, { count: 10, failed: 2 }, budget).withinBudget).toBe(false)
})

test('without a budget only failures speak against a probe, and without an answer no budget is kept', () => {
  const failedAll = { count: 3, failed: 3 }
  const unanswered = { ...none, total: null }
  const answered = { ...none, total: spread(80) }
  const free = { budgetMs: undefined, maxErrorRate: 0 }
  expect(judge(answered, { count: 3, failed: 0 }, free).withinBudget).toBeNull()
  expect(judge(answered, { count: 3, failed: 1 }, free).withinBudget).toBe(false)
  expect(judge(unanswered, failedAll, { ...free, maxErrorRate: 1 }).withinBudget).toBeNull()
  expect(judge(unanswered, failedAll, { budgetMs: 100, maxErrorRate: 1 })).toEqual({
    withinBudget: false,
    explanation: 'No sample was answered, so there is nothing to time. 3 of 3 samples failed.',
  })
})
