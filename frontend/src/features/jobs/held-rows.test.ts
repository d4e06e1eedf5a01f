import { describe, expect, it } from 'vitest'
import { holdRows } from './held-rows.ts'

const row = (id: string, status = 'queued') => ({ id, status })

describe('rows held under a pointer', () => {
  it('keep their places while newer ones are counted', () => {
    const { rows, fresh } = holdRows([row('5'), row('4')], [row('7'), row('6'), row('5'), row('4')])
    expect(rows.map(({ id }) => id)).toEqual(['5', '4'])
    expect(fresh).toBe(2)
  })

  it('take on their latest content', () => {
    expect(holdRows([row('5')], [row('5', 'running')]).rows).toEqual([row('5', 'running')])
  })

  it('stay when the list has lost them, and let older ones join at the end', () => {
    const { rows } = holdRows([row('5'), row('4')], [row('5'), row('3')])
    expect(rows.map(({ id }) => id)).toEqual(['5', '4', '3'])
  })

  it('are all that is there when nothing is held', () => {
    expect(holdRows([], [row('1')])).toEqual({ rows: [row('1')], fresh: 0 })
  })
})
