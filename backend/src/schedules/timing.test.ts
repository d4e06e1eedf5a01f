import type { Timing } from '@sre-toolbox/contract/schedules'
import { describe, expect, it } from 'vitest'
import { dueAfter, duesFrom, timingFaults } from './timing.ts'

const at = (instant: string) => Date.parse(instant)
const cron = (expression: string, timeZone = 'Europe/Berlin'): Timing => ({
  kind: 'cron',
  expression,
  timeZone,
})

function dues(timing: Timing, after: string, count: number): string[] {
  const from = at(after)
  return duesFrom(timing, from, dueAfter(timing, from, from), count).map((due) => new Date(due).toISOString())
}

describe('cron', () => {
  it('keeps to the hour of its zone when the clocks change', () => {
    expect(dues(cron('0 9 * * *'), '2026-03-28T00:00:00Z', 2)).toEqual([
      '2026-03-28T08:00:00.000Z',
      '2026-03-29T07:00:00.000Z',
    ])
  })

  it('is due after the gap when its time of day is left out in spring', () => {
    expect(dues(cron('30 2 * * *'), '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ])
  })

  it('is due once when its time of day comes twice in autumn', () => {
    expect(dues(cron('30 2 * * *'), '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ])
  })

  it('goes on every half hour through the hour that comes twice, and over the one that is left out', () => {
    expect(dues(cron('*/30 * * * *'), '2026-10-25T00:15:00Z', 4)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:00:00.000Z',
      '2026-10-25T01:30:00.000Z',
      '2026-10-25T02:00:00.000Z',
    ])
    expect(dues(cron('*/30 * * * *'), '2026-03-29T00:15:00Z', 3)).toEqual([
      '2026-03-29T00:30:00.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T01:30:00.000Z',
    ])
  })

  it('changes the clocks where its zone does, half an hour on Lord Howe', () => {
    expect(dues(cron('0 9 * * *', 'Australia/Lord_Howe'), '2026-10-02T23:00:00Z', 2)).toEqual([
      '2026-10-03T22:00:00.000Z',
      '2026-10-04T22:00:00.000Z',
    ])
  })

  it('knows names, the last day of a month, the second Friday and nicknames', () => {
    expect(dues(cron('0 0 * * MON-FRI', 'UTC'), '2026-05-01T12:00:00Z', 1)).toEqual([
      '2026-05-04T00:00:00.000Z',
    ])
    expect(dues(cron('0 0 L FEB *', 'UTC'), '2026-05-01T12:00:00Z', 2)).toEqual([
      '2027-02-28T00:00:00.000Z',
      '2028-02-29T00:00:00.000Z',
    ])
    expect(dues(cron('0 0 * * FRI#2', 'UTC'), '2026-05-01T12:00:00Z', 1)).toEqual([
      '2026-05-08T00:00:00.000Z',
    ])
    expect(dues(cron('@daily', 'UTC'), '2026-05-01T12:00:00Z', 1)).toEqual(['2026-05-02T00:00:00.000Z'])
  })

  it('fits either day where both are given, as cron always did', () => {
    expect(dues(cron('0 0 13 * FRI', 'UTC'), '2026-04-09T12:00:00Z', 2)).toEqual([
      '2026-04-10T00:00:00.000Z',
      '2026-04-13T00:00:00.000Z',
    ])
  })

  it.each([
    ['61 * * * *', 'minute: "61" is not understood; it takes 0-59'],
    ['* 24 * * *', 'hour: "24" is not understood; it takes 0-23'],
    ['* * 0 * *', 'day of month: "0" is not understood; it takes 1-31, or L for the last'],
    ['* * * ABC *', 'month: "ABC" is not understood; it takes 1-12 or JAN-DEC'],
    ['*/0 * * * *', 'minute: "*/0" is not understood; it takes 0-59'],
    ['30-10 * * * *', 'minute: "30-10" is not understood; it takes 0-59'],
    ['? * * * *', 'minute: "?" is not understood; it takes 0-59'],
    ['* * * *', 'has 4 of the five fields: minute, hour, day of month, month, day of week'],
    ['0 * * * * *', 'has 6 of the five fields: minute, hour, day of month, month, day of week'],
    ['@reboot', 'must be one of @hourly, @daily, @weekly, @monthly, @yearly, or have five fields'],
    ['0 0 31 2 *', 'is never due: no day fits all of it'],
  ])('says what is wrong with %s', (expression, message) => {
    expect(timingFaults(cron(expression), 0)).toEqual([{ path: 'timing.expression', message }])
  })

  it('names every field that is wrong, and the zone', () => {
    expect(timingFaults(cron('61 25 * * *', 'Mars/Olympus'), 0)).toEqual([
      { path: 'timing.expression', message: expect.stringContaining('minute') },
      { path: 'timing.expression', message: expect.stringContaining('hour') },
      { path: 'timing.timeZone', message: expect.stringContaining('"Mars/Olympus" is no time zone') },
    ])
  })
})

describe('an interval', () => {
  const every: Timing = { kind: 'interval', everySeconds: 60 }
  it('is due first after one interval, and then on the same beat however late a run was', () => {
    expect(dueAfter(every, 1000, 1000)).toBe(61_000)
    expect(dueAfter(every, 1000, 61_000)).toBe(121_000)
    expect(dueAfter(every, 1000, 200_000)).toBe(241_000)
  })
  it('is never due before one interval has passed, also when the clock was put back', () => {
    expect(dueAfter(every, 1000, -500_000)).toBe(61_000)
  })
})

describe('once', () => {
  const once: Timing = { kind: 'once', at: '2026-05-01T10:00:00.000Z' }
  it('is due once', () => {
    expect(dues(once, '2026-05-01T09:00:00Z', 5)).toEqual(['2026-05-01T10:00:00.000Z'])
    expect(dueAfter(once, 0, at('2026-05-01T10:00:00Z'))).toBeNull()
  })
  it('is refused when it is over', () => {
    expect(timingFaults(once, at('2026-05-01T09:59:59Z'))).toEqual([])
    expect(timingFaults(once, at('2026-05-01T10:00:00Z'))).toEqual([
      { path: 'timing.at', message: 'is over: it is 2026-05-01T10:00:00.000Z now' },
    ])
  })
})
