import { createTestContext } from '@sre-toolbox/sdk/testing'
import { expect, test } from 'vitest'
import { keepProbe, readHistory, readTargets } from '../server/history.ts'

const summary = {
  method: 'GET',
  startedAt: '2030-01-02T03:04:05.000Z',
  count: 1,
  failed: 0,
  errorRate: 0,
  percentiles: { dns: null, connect: null, tls: null, firstByte: null, download: null, total: null },
  distribution: [],
  budgetMs: null,
  verdict: { withinBudget: null, explanation: '' },
  jobId: null,
}

test('the latest 300 probes of a URL are kept', async () => {
  const { context } = createTestContext()
  const url = 'http://one.test/'
  for (let count = 1; count <= 310; count++) await keepProbe(context.store, { ...summary, url, count })
  const { items } = await readHistory({ url, limit: 300 }, context.store)
  expect(items.map(({ count }) => count)).toEqual(Array.from({ length: 300 }, (_, index) => 310 - index))
})

test('the 500 URLs probed last are kept, and a URL probed again counts as last', async () => {
  const { context, stored } = createTestContext()
  const urlOf = (number: number) => `http://host-${number}.test/`
  for (let number = 1; number <= 500; number++)
    await keepProbe(context.store, { ...summary, url: urlOf(number) })
  await keepProbe(context.store, { ...summary, url: urlOf(1) })
  await keepProbe(context.store, { ...summary, url: urlOf(501) })
  const kept = async (number: number) =>
    (await readHistory({ url: urlOf(number), limit: 1 }, context.store)).items.length
  expect(await Promise.all([1, 2, 3, 501].map(kept))).toEqual([1, 0, 1, 1])
  expect(stored()).toHaveLength(501)
})

test('what was probed is told with how it ended last, the latest first', async () => {
  const { context } = createTestContext()
  const keep = (url: string, failed: number) => keepProbe(context.store, { ...summary, url, failed })
  await keep('http://one.test/', 0)
  await keep('http://two.test/', 0)
  await keep('http://one.test/', 1)
  const { items } = await readTargets(context.store)
  expect(items.map(({ url, failed, p95 }) => [url, failed, p95])).toEqual([
    ['http://one.test/', 1, null],
    ['http://two.test/', 0, null],
  ])
})
