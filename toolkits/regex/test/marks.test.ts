import { describe, expect, it } from 'vitest'
import { segmentsOf, stillRight } from '../ui/marks.ts'

describe('marks in a text', () => {
  it('cut it into what is matched and what is between', () => {
    expect(
      segmentsOf('one two', [
        { start: 0, end: 3 },
        { start: 4, end: 7 },
      ]),
    ).toEqual([
      { start: 0, text: 'one', place: 0 },
      { start: 3, text: ' ', place: null },
      { start: 4, text: 'two', place: 1 },
    ])
    expect(segmentsOf('', [])).toEqual([])
  })

  it('keep empty matches, and lose nothing of the text', () => {
    const places = [0, 1, 2].map((at) => ({ start: at, end: at }))
    const segments = segmentsOf('ab', places)
    expect(segments.filter(({ place }) => place !== null)).toHaveLength(3)
    expect(segments.map(({ text }) => text).join('')).toBe('ab')
  })

  it('stay where they are right while the answer to a change is awaited', () => {
    const places = [
      { start: 0, end: 3 },
      { start: 4, end: 7 },
    ]
    expect(stillRight(places, 'one two', 'one two')).toBe(places)
    expect(stillRight(places, 'one two', 'one tw')).toEqual([places[0]])
    expect(stillRight(places, 'one two', 'one two three')).toEqual(places)
    expect(stillRight(places, 'one two', 'ane two')).toEqual([])
  })
})
