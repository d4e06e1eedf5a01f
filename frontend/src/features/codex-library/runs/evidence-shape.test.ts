import { describe, expect, it } from 'vitest'
import { isJobId, linesOf, pairsIn, tableOf } from './evidence-shape.ts'

const id = '019ab1c2-0000-7000-8000-00000000000a'

describe('evidence', () => {
  it('that was taken twice stands side by side', () => {
    const evidence = { before: { on: true }, after: { on: false, by: 'root' }, why: 'noise' }
    expect(pairsIn(evidence)).toEqual({
      pairs: [
        {
          name: '',
          rows: [
            { field: 'on', before: true, after: false },
            { field: 'by', before: undefined, after: 'root' },
          ],
        },
      ],
      rest: [['why', 'noise']],
    })
    expect(pairsIn({ brokerBefore: {}, brokerAfter: {} }).pairs).toMatchObject([{ name: 'broker' }])
  })
  it('that was taken before alone stands by itself', () => {
    expect(pairsIn({ before: { on: true } })).toMatchObject({ pairs: [], rest: [['before', { on: true }]] })
  })
  it('that is a list of things alike is a table', () => {
    expect(tableOf([{ a: 1 }, { a: 2, b: 3 }])?.columns).toEqual(['a', 'b'])
    expect(tableOf(['a'])).toBeNull()
    expect(tableOf([])).toBeNull()
  })
  it('leads to the jobs it speaks of, and takes no other id for one', () => {
    expect(isJobId('attempts', 'jobId', id)).toBe(true)
    expect(isJobId('failedJobs', 'id', id)).toBe(true)
    expect(isJobId('users', 'id', id)).toBe(false)
    expect(isJobId('failedJobs', 'id', 'a')).toBe(false)
  })
  it('that is an excerpt of a log is read as such', () => {
    expect(linesOf([{ seq: 1, level: 'warn', text: 'slow', at: '' }])).toHaveLength(1)
    expect(linesOf([{ seq: 1 }])).toBeNull()
  })
})
