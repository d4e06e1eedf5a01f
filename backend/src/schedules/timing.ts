import type { Timing } from '@sre-toolbox/contract/schedules'
import { Cron } from 'croner'
import { toInstant } from '../kernel/clock.ts'
import type { FieldError } from '../kernel/errors.ts'

/** In the order of a cron expression, with what each takes besides `*`, lists, ranges and steps. */
const fields = [
  { name: 'minute', takes: '0-59' },
  { name: 'hour', takes: '0-23' },
  { name: 'day of month', takes: '1-31, or L for the last' },
  { name: 'month', takes: '1-12 or JAN-DEC' },
  {
    name: 'day of week',
    takes: '0-7 or SUN-SAT (0 and 7 are Sunday), FRI#2 for the second, FRI#L for the last',
  },
] as const
const nicknames = ['@hourly', '@daily', '@weekly', '@monthly', '@yearly']

/** What is wrong with a timing that somebody gives at `now`; empty when nothing is. */
export function timingFaults(timing: Timing, now: number): FieldError[] {
  switch (timing.kind) {
    case 'cron':
      return cronFaults(timing, now)
    case 'interval':
      return []
    case 'once':
      return Date.parse(timing.at) > now
        ? []
        : [{ path: 'timing.at', message: `is over: it is ${toInstant(now)} now` }]
  }
}

/**
 * The first due time after `after`, or null when there is none. An interval is counted from `anchor`, so that a late run
 * shifts none of those that follow. Across a change of clocks, cron follows the wall: a time of day that is left out
 * becomes the first one after the gap, one that comes twice is due the first time only.
 */
export function dueAfter(timing: Timing, anchor: number, after: number): number | null {
  switch (timing.kind) {
    case 'cron':
      return parse(timing.expression, timing.timeZone).nextRun(new Date(after))?.getTime() ?? null
    case 'interval': {
      const every = timing.everySeconds * 1000
      return anchor + (Math.max(0, Math.floor((after - anchor) / every)) + 1) * every
    }
    case 'once': {
      const at = Date.parse(timing.at)
      return at > after ? at : null
    }
  }
}

/** `first` and those that follow it, at most `count`. */
export function duesFrom(timing: Timing, anchor: number, first: number | null, count: number): number[] {
  const dues: number[] = []
  for (let due = first; due !== null && dues.length < count; due = dueAfter(timing, anchor, due))
    dues.push(due)
  return dues
}

function parse(expression: string, timezone: string): Cron {
  return new Cron(expression, { timezone, mode: '5-part', paused: true })
}

function cronFaults({ expression, timeZone }: Extract<Timing, { kind: 'cron' }>, now: number): FieldError[] {
  const faults = expressionFaults(expression).map((message) => ({ path: 'timing.expression', message }))
  if (!isTimeZone(timeZone)) {
    const message = `"${timeZone}" is no time zone: give its IANA name, such as Europe/Berlin or UTC`
    faults.push({ path: 'timing.timeZone', message })
  }
  if (faults.length === 0 && parse(expression, timeZone).nextRun(new Date(now)) === null) {
    faults.push({ path: 'timing.expression', message: 'is never due: no day fits all of it' })
  }
  return faults
}

/** One sentence for each field that is wrong, so that all can be put right at once. */
function expressionFaults(expression: string): string[] {
  if (expression.startsWith('@')) {
    return nicknames.includes(expression)
      ? []
      : [`must be one of ${nicknames.join(', ')}, or have five fields`]
  }
  const parts = expression.split(/\s+/)
  if (parts.length !== fields.length) {
    const names = fields.map(({ name }) => name).join(', ')
    return [`has ${parts.length} of the five fields: ${names}`]
  }
  return fields.flatMap(({ name, takes }, index) => {
    const part = parts[index] ?? ''
    const alone = fields.map((_, other) => (other === index ? part : '*')).join(' ')
    return isExpression(alone) ? [] : [`${name}: "${part}" is not understood; it takes ${takes}`]
  })
}

function isExpression(expression: string): boolean {
  // To the parser `?` means the moment it is read at, which would be another one after each restart.
  if (expression.includes('?')) return false
  try {
    parse(expression, 'UTC')
    return true
  } catch {
    return false
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
