import { describe, expect, it } from 'vitest'
import { linearScale, logScale } from './scale.ts'

describe('a scale from zero', () => {
  it.each([
    [[], 1],
    [[2], 2],
    [[3], 4],
    [[37], 40],
    [[61], 100],
    [[1_204], 2000],
  ])('ends at a round number above %j', (values, most) => {
    expect(linearScale(values, String).most).toBe(most)
  })
  it('names the half only where it is a whole number', () => {
    expect(linearScale([1], String).ticks).toEqual([{ at: 1, word: '1' }])
    expect(linearScale([37], String).ticks.map(({ word }) => word)).toEqual(['20', '40'])
  })
})

describe('a scale by powers of ten', () => {
  it('holds all values between its ends', () => {
    const { share, ticks } = logScale([12, 340, 45_000], String)
    expect(ticks.map(({ word }) => word)).toEqual(['100', '1000', '10000', '100000'])
    for (const value of [12, 340, 45_000]) {
      expect(share(value)).toBeGreaterThanOrEqual(0)
      expect(share(value)).toBeLessThanOrEqual(1)
    }
    expect(share(100)).toBeCloseTo(0.25)
  })
  it('has a line also for values that are all the same, or none', () => {
    expect(logScale([10], String).ticks).toHaveLength(1)
    expect(logScale([], String).ticks.length).toBeGreaterThan(0)
  })
})
