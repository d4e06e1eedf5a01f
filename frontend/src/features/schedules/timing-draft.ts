import type { Timing } from '@sre-toolbox/contract/schedules'

/** All that was typed, also for the kinds that are not chosen: changing one's mind loses nothing. */
export interface TimingDraft {
  readonly kind: Timing['kind']
  readonly expression: string
  readonly timeZone: string
  readonly every: number | string
  readonly unit: keyof typeof unitSeconds
  /** As `datetime-local` has it, in the time zone of the person. */
  readonly at: string
}

export const unitSeconds = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const
const units = ['days', 'hours', 'minutes', 'seconds'] as const

export const ownTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

export function newDraft(now: number): TimingDraft {
  const hour = 3_600_000
  return {
    kind: 'cron',
    expression: '0 9 * * *',
    timeZone: ownTimeZone(),
    every: 15,
    unit: 'minutes',
    at: toLocal((Math.floor(now / hour) + 1) * hour),
  }
}

export function toDraft(timing: Timing, now: number): TimingDraft {
  const draft = { ...newDraft(now), kind: timing.kind }
  switch (timing.kind) {
    case 'cron':
      return { ...draft, expression: timing.expression, timeZone: timing.timeZone }
    case 'interval': {
      const unit = units.find((each) => timing.everySeconds % unitSeconds[each] === 0) ?? 'seconds'
      return { ...draft, every: timing.everySeconds / unitSeconds[unit], unit }
    }
    case 'once':
      return { ...draft, at: toLocal(Date.parse(timing.at)) }
  }
}

/** Null while what is typed is not complete. */
export function toTiming({ kind, expression, timeZone, every, unit, at }: TimingDraft): Timing | null {
  switch (kind) {
    case 'cron':
      return expression.trim() === '' ? null : { kind, expression: expression.trim(), timeZone }
    case 'interval':
      return typeof every === 'number' ? { kind, everySeconds: every * unitSeconds[unit] } : null
    case 'once': {
      const time = Date.parse(at)
      return Number.isNaN(time) ? null : { kind, at: new Date(time).toISOString() }
    }
  }
}

function toLocal(time: number): string {
  const offset = new Date(time).getTimezoneOffset() * 60_000
  return new Date(time - offset).toISOString().slice(0, 19)
}
