import { describe, expect, it } from 'vitest'
import {
  greatestOffset,
  lineHeight,
  linesInView,
  offsetOf,
  offsetPerPixel,
  pointAt,
  spaceHeight,
} from './log-scroll.ts'

const view = (count: number) => ({ count, height: 720 })

describe('scrolling a log', () => {
  it.each([10, 1000, 400_000])('of %d lines is what the browser does by itself', (count) => {
    expect(spaceHeight(view(count))).toBe(count * lineHeight)
    expect(offsetPerPixel(view(count))).toBe(1)
  })

  it.each([1_000_000, 50_000_000])('of %d lines stays below every limit and reaches every line', (count) => {
    const long = view(count)
    expect(spaceHeight(long)).toBeLessThan(17_000_000)
    const lowest = (spaceHeight(long) - long.height) * offsetPerPixel(long)
    expect(Math.abs(lowest - greatestOffset(long))).toBeLessThan(1)
    for (const index of [0, 1, 12_345, count / 2, count - 2, count - 1]) {
      const { first, last } = linesInView(pointAt(offsetOf(index, long, false), long), long)
      expect([first <= index, index <= last]).toEqual([true, true])
    }
  })

  it('puts lines of one height where they would be without all this', () => {
    const long = view(1_000_000)
    for (const offset of [0, 7, 123_456.5, greatestOffset(long) - 900, greatestOffset(long)]) {
      const { line, top } = pointAt(offset, long)
      expect(top - line * lineHeight).toBeCloseTo(-offset)
    }
  })

  it('begins with the first line at the top and ends with the last at the bottom', () => {
    const long = view(5000)
    expect(pointAt(0, long)).toEqual({ line: 0, top: 0 })
    expect(pointAt(greatestOffset(long), long)).toEqual({ line: 5000, top: 720 })
  })

  it('does not move what is read in the middle when the log grows', () => {
    const before = pointAt(90_000, view(50_000))
    expect(pointAt(90_000, view(60_000))).toEqual(before)
  })

  it('shows a log that fits into the view from its top', () => {
    expect(greatestOffset(view(3))).toBe(0)
    expect(pointAt(0, view(3))).toEqual({ line: 0, top: 0 })
    expect(linesInView({ line: 0, top: 0 }, view(3))).toEqual({ first: 0, last: 2 })
  })
})
