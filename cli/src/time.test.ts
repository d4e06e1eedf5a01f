import { describe, expect, it } from 'vitest'
import { formatDuration, formatInstant, parseInstant } from './time.ts'

const now = Date.parse('2026-01-31T12:00:00.000Z')
const secondsAgo = (seconds: number) => new Date(now - seconds * 1000).toISOString()

describe('an instant is shown', () => {
  it.for<[number, string]>([
    [0, 'now'],
    [12, '12 s ago'],
    [59, '59 s ago'],
    [60, '1 min ago'],
    [3599, '59 min ago'],
    [3 * 3600 + 5, '3 h ago'],
    [49 * 3600, '2 d ago'],
    [-90, 'in 1 min'],
  ])('%d seconds ago as %s', ([seconds, text]) => {
    expect(formatInstant(secondsAgo(seconds), now, false)).toBe(text)
  })

  it('exactly when asked for', () => {
    expect(formatInstant('2026-01-31T08:00:00.000Z', now, true)).toBe('2026-01-31T08:00:00.000Z')
  })
})

it.for<[number, string]>([
  [0, '0 ms'],
  [850, '850 ms'],
  [12_340, '12.3 s'],
  [59_990, '60.0 s'],
  [60_000, '1 min'],
  [245_000, '4 min 5 s'],
  [2 * 3_600_000 + 600_000, '2 h 10 min'],
  [90_000_000, '1 d 1 h'],
])('%d ms are shown as %s', ([milliseconds, text]) => {
  expect(formatDuration(milliseconds)).toBe(text)
})

describe('a time is read', () => {
  it.for<[string, string | null]>([
    ['15m', secondsAgo(900)],
    ['15 min', secondsAgo(900)],
    ['2h', secondsAgo(7200)],
    ['3d', secondsAgo(3 * 86_400)],
    ['2026-01-31T08:00:00Z', '2026-01-31T08:00:00.000Z'],
    ['2026-01-31T08:00:00+02:00', '2026-01-31T06:00:00.000Z'],
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['yesterday', null],
    ['12', null],
    ['2026-13-45', null],
    ['99999999999999d', null],
  ])('%s as %s', ([text, instant]) => {
    expect(parseInstant(text, now)).toBe(instant)
  })
})
