import { expect, test } from 'vitest'
import { fuzz, fuzzProduct } from './fuzz-product.ts'

test('no request makes a fault of ours, whatever is wrong with it', async () => {
  const { faults, statuses } = await fuzzProduct(fuzz.short)
  expect(faults).toEqual([])
  // Requests that never get past the door would prove little.
  expect(statuses.get(200)).toBeGreaterThan(100)
  expect(statuses.get(201)).toBeGreaterThan(0)
  expect(statuses.get(202)).toBeGreaterThan(5)
  expect(statuses.get(400)).toBeGreaterThan(100)
  expect(statuses.get(404)).toBeGreaterThan(20)
}, 120_000)
