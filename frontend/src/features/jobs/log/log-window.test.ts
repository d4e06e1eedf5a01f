import type { LogLine } from '@sre-toolbox/contract/jobs'
import { describe, expect, it } from 'vitest'
import { createLogWindow } from './log-window.ts'

const line = (seq: number): LogLine => ({
  seq,
  at: '2030-01-01T00:00:00.000Z',
  attempt: 1,
  level: 'info',
  text: `line ${seq}`,
})

function logOf(length: number) {
  const reads: number[] = []
  const read = async (after: number, limit: number) => {
    reads.push(after)
    return Array.from({ length: Math.min(limit, length - after) }, (_, index) => line(after + index + 1))
  }
  return { reads, window: createLogWindow(read, length) }
}
const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('a window on a log', () => {
  it('reads only what is looked at, once', async () => {
    const { reads, window } = logOf(1_000_000)
    window.need(700_200, 700_240)
    window.need(700_210, 700_250)
    await settled()
    expect(reads).toEqual([700_000])
    expect(window.line(700_200)?.seq).toBe(700_201)
    expect(window.line(0)).toBeUndefined()
  })

  it('keeps no more than a part of a long log in memory', async () => {
    const { reads, window } = logOf(1_000_000)
    for (let page = 0; page < 100; page++) {
      window.need(page * 500, page * 500)
      await settled()
    }
    expect(window.line(99 * 500)?.seq).toBe(49_501)
    expect(window.line(0)).toBeUndefined()
    window.need(0, 0)
    await settled()
    expect(reads.filter((after) => after === 0)).toHaveLength(2)
  })

  it('grows by what is appended, also across the edge of what it has read', async () => {
    const { reads, window } = logOf(499)
    window.need(0, 498)
    await settled()
    window.append([line(500), line(501)])
    expect(window.count()).toBe(501)
    expect([window.line(499)?.seq, window.line(500)?.seq]).toEqual([500, 501])
    window.need(0, 500)
    await settled()
    expect(reads).toEqual([0])
  })

  it('counts appended lines it has no place for, and reads them when they are looked at', async () => {
    const { reads, window } = logOf(1200)
    window.append([line(1201)])
    expect(window.count()).toBe(1201)
    expect(window.line(1200)).toBeUndefined()
    window.need(1100, 1150)
    await settled()
    expect(reads).toEqual([1000])
  })

  it('says what is wrong when it cannot read, and reads again when asked', async () => {
    let broken = true
    const window = createLogWindow(async () => {
      if (broken) throw new Error('away')
      return [line(1)]
    }, 1)
    window.need(0, 0)
    await settled()
    expect(window.fault()?.message).toBe('away')
    broken = false
    window.retry()
    await settled()
    expect(window.fault()).toBeNull()
    expect(window.line(0)?.seq).toBe(1)
  })
})
