import { describe, expect, it } from 'vitest'
import { bucketOf, summarise, tallyOf } from './tallies.ts'

const job = (ranMs: number, status = 'succeeded') => ({
  toolkit: 'demo',
  operation: 'run',
  status,
  startedAt: 7_200_000,
  endedAt: 7_200_000 + ranMs,
})
const counted = (jobs: readonly ReturnType<typeof job>[]) =>
  jobs.map((ended) => ({ status: ended.status, bucket: bucketOf(ended), jobs: 1 }))

describe('how jobs that ended are counted', () => {
  it('once since ever, once in their minute, once in their hour', () => {
    expect(tallyOf([job(5), job(5), job(65_000)])).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ span: 0, slot: 0, toolkit: '', status: 'succeeded', jobs: 3 }),
        expect.objectContaining({ span: 60_000, slot: 7_200_000, operation: 'run', jobs: 2 }),
        expect.objectContaining({ span: 60_000, slot: 7_260_000, jobs: 1 }),
        expect.objectContaining({ span: 3_600_000, slot: 7_200_000, jobs: 2 }),
        expect.objectContaining({ span: 3_600_000, slot: 7_200_000, jobs: 1 }),
      ]),
    )
    expect(tallyOf([job(5), job(5), job(65_000)])).toHaveLength(5)
  })

  it.each([1, 7, 40, 333, 4000, 61_000, 3_600_000])('finds a run time of %d ms, near enough', (ms) => {
    const { p50Ms } = summarise(counted([job(ms)]))
    expect(Math.abs((p50Ms ?? 0) / ms - 1)).toBeLessThanOrEqual(0.092)
  })

  it('takes the nearest rank as the percentile', () => {
    const jobs = [...Array.from({ length: 98 }, () => job(100)), job(5000), job(80_000)]
    const { p50Ms, p95Ms, p99Ms } = summarise(counted(jobs))
    expect(p50Ms).toBe(p95Ms)
    expect(p95Ms).toBeLessThan(120)
    expect(p99Ms).toBeGreaterThan(4500)
    expect(p99Ms).toBeLessThan(5500)
  })

  it('leaves jobs that did not end by themselves out of the run times', () => {
    const { cancelled, lost, p99Ms } = summarise(counted([job(9000, 'cancelled'), job(9000, 'lost')]))
    expect({ cancelled, lost, p99Ms }).toEqual({ cancelled: 1, lost: 1, p99Ms: null })
  })
})
