import type { Overview } from './use-dashboard.ts'

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })

export interface Step {
  readonly from: string
  readonly until: string
  /** Names it among the others of its plot. */
  readonly title: string
}

/** The steps of the range, as all plots show them. */
export function stepsOf({ endedOverTime, stepSeconds }: Overview): Step[] {
  return endedOverTime.map(({ from }) => {
    const until = new Date(Date.parse(from) + stepSeconds * 1000)
    const hours = `${clock.format(Date.parse(from))}–${clock.format(until)}`
    return { from, until: until.toISOString(), title: `${day.format(Date.parse(from))}, ${hours}` }
  })
}

/** Words for the first, the middle and the last step. */
export function axisOf({ range }: Overview, steps: readonly Step[]): string[] {
  const format = range === '7d' ? day : clock
  const wordAt = (index: number) => format.format(Date.parse(steps[index]?.from ?? ''))
  return [wordAt(0), wordAt(Math.floor(steps.length / 2)), 'now']
}

/** The list of the jobs that ended in a time. */
export function endedJobs(fields: {
  from: string
  until?: string
  status?: string
  toolkit?: string
  operation?: string
}): string {
  const { from, until, status, toolkit, operation } = fields
  const given = Object.entries({ status, toolkit, operation, endedSince: from, endedUntil: until })
  const search = new URLSearchParams(given.flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return `/jobs?${search}`
}
