import { describe, expect, it } from 'vitest'
import { createIds } from './ids.ts'

describe('ids', () => {
  it('are UUIDv7 text that carries the time', () => {
    const ids = createIds({ now: () => 0x0123_4567_89ab })
    expect(ids()).toMatch(/^01234567-89ab-7000-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('sort by the order of making, within a millisecond and when the clock steps back', () => {
    let now = 5000
    const ids = createIds({ now: () => now })
    const made = Array.from({ length: 10_000 }, (_, index) => {
      if (index === 6000) now = 4000
      return ids()
    })
    expect([...made].sort()).toEqual(made)
    expect(new Set(made).size).toBe(made.length)
  })
})
