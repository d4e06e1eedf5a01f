import type { LogLine } from '@sre-toolbox/contract/jobs'
import { describe, expect, it } from 'vitest'
import { createLogSearch } from './log-search.ts'
import { createLogWindow } from './log-window.ts'

const line = (seq: number): LogLine => ({
  seq,
  at: '2030-01-01T00:00:00.000Z',
  attempt: 1,
  level: 'info',
  text: seq % 100 === 0 ? 'needle' : 'hay',
})
const fits = ({ text }: LogLine) => text === 'needle'
const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

/** A server that looks at a thousand lines at once. */
function sceneOf(length: number, mostFound?: number) {
  let lines = length
  const asked: number[] = []
  const window = createLogWindow(async () => [], length)
  const search = createLogSearch(
    window,
    async (after) => {
      asked.push(after)
      const to = Math.min(after + 1000, lines)
      const items = Array.from({ length: to - after }, (_, index) => line(after + index + 1)).filter(fits)
      return { items, nextCursor: to < lines ? String(to) : null }
    },
    fits,
    mostFound,
  )
  const write = (count: number) => {
    const fresh = Array.from({ length: count }, (_, index) => line(lines + index + 1))
    lines += count
    window.append(fresh)
  }
  return { search, asked, write }
}

describe('a search in a log', () => {
  it('goes through all of it, stretch by stretch, and says how far it is', async () => {
    const { search, asked } = sceneOf(3500)
    const seen: number[] = []
    search.subscribe(() => seen.push(search.searchedTo()))
    search.start()
    await settled()
    expect(asked).toEqual([0, 1000, 2000, 3000])
    expect(seen).toEqual([1000, 2000, 3000, 3500])
    expect(search.isThrough()).toBe(true)
    expect(search.found()).toHaveLength(35)
  })

  it('finds what is written later without asking again', async () => {
    const { search, asked, write } = sceneOf(950)
    search.start()
    await settled()
    write(100)
    expect(search.found().map(({ seq }) => seq)).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900, 1000])
    expect(search.searchedTo()).toBe(1050)
    expect(asked).toEqual([0])
  })

  it('misses nothing that is written while it is on its way', async () => {
    const { search, write } = sceneOf(2500)
    search.start()
    write(1000)
    await settled()
    expect(search.found()).toHaveLength(35)
    expect(search.searchedTo()).toBe(3500)
  })

  it('ends when more would not be looked at, and when it is stopped', async () => {
    const full = sceneOf(5000, 15)
    full.search.start()
    await settled()
    expect(full.search.isFull()).toBe(true)
    expect(full.asked).toEqual([0, 1000])
    const stopped = sceneOf(5000)
    stopped.search.start()()
    await settled()
    expect(stopped.asked).toEqual([0])
    expect(stopped.search.found()).toEqual([])
  })

  it('says why it can go no further', async () => {
    const window = createLogWindow(async () => [], 10)
    const search = createLogSearch(window, () => Promise.reject(new Error('away')), fits)
    search.start()
    await settled()
    expect(search.fault()?.message).toBe('away')
  })
})
