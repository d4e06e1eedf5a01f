import type { Timing } from '@sre-toolbox/contract/schedules'
import { exactTime, plural } from '../../lib/format.ts'

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
const nicknames: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
}

/** When it is due, as one would say it; an expression that has no simple words is shown as it is. */
export function timingWords(timing: Timing): string {
  switch (timing.kind) {
    case 'cron':
      return `${cronWords(timing.expression) ?? timing.expression} (${timing.timeZone})`
    case 'interval':
      return `Every ${intervalWords(timing.everySeconds)}`
    case 'once':
      return `Once, ${exactTime(timing.at).slice(0, 16)}`
  }
}

function intervalWords(seconds: number): string {
  const units: readonly [number, string][] = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ]
  const [size, unit] = units.find(([each]) => seconds % each === 0) ?? [1, 'second']
  return seconds === size ? unit : plural(seconds / size, unit)
}

/** Null for what takes more than a few words. */
export function cronWords(expression: string): string | null {
  const parts = (nicknames[expression] ?? expression).trim().split(/\s+/)
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = parts
  if (parts.length !== 5 || month !== '*') return null
  const everyDay = day === '*' && weekday === '*'
  const step = /^\*\/(\d+)$/.exec(minute)?.[1]
  if (everyDay && hour === '*') {
    if (minute === '*') return 'Every minute'
    if (step) return `Every ${plural(Number(step), 'minute')}`
    return isNumber(minute) ? `Every hour at minute ${Number(minute)}` : null
  }
  const times = timesOf(minute, hour)
  if (!times) return null
  if (everyDay) return `Every day at ${times}`
  if (day === '*') {
    const named = weekdayWords(weekday)
    return named && `${named} at ${times}`
  }
  if (weekday !== '*') return null
  if (day === 'L') return `On the last day of every month at ${times}`
  return isNumber(day) ? `On day ${Number(day)} of every month at ${times}` : null
}

function timesOf(minute: string, hour: string): string | null {
  const hours = hour.split(',')
  if (!isNumber(minute) || !hours.every(isNumber)) return null
  return joined(hours.map((each) => `${each.padStart(2, '0')}:${minute.padStart(2, '0')}`))
}

function weekdayWords(field: string): string | null {
  const [from, to, ...more] = field.split('-').map(dayOf)
  if (from && to && more.length === 0) return `${from} to ${to}`
  const named = field.split(',').map(dayOf)
  return named.every((name) => name !== undefined) ? `Every ${joined(named)}` : null
}

function dayOf(name: string): string | undefined {
  if (isNumber(name)) return days[Number(name) % 7]
  return days.find((day) => day.slice(0, 3).toUpperCase() === name.toUpperCase())
}

function joined(words: readonly string[]): string {
  return new Intl.ListFormat('en').format(words)
}

const isNumber = (text: string) => /^\d{1,2}$/.test(text)
