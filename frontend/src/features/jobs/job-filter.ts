import { type JobStatus, jobStatuses } from '@sre-toolbox/contract/jobs'
import { sinceOf, spans } from '../../lib/time-spans.ts'

/** What the list is narrowed to; lives in the URL, so that a list can be sent to somebody. */
export interface JobFilter {
  readonly status: readonly JobStatus[]
  readonly toolkit: string
  readonly operation: string
  readonly requestedBy: string
  readonly scheduleId: string
  readonly within: string
  /** Exact times, as links from elsewhere give them. */
  readonly since: string
  readonly until: string
  readonly endedSince: string
  readonly endedUntil: string
  readonly q: string
}

export const noFilter: JobFilter = {
  status: [],
  toolkit: '',
  operation: '',
  requestedBy: '',
  scheduleId: '',
  within: '',
  since: '',
  until: '',
  endedSince: '',
  endedUntil: '',
  q: '',
}

export function readFilter(search: URLSearchParams): JobFilter {
  const text = (name: string) => search.get(name) ?? ''
  const instant = (name: string) => (Number.isNaN(Date.parse(text(name))) ? '' : text(name))
  const wanted = text('status').split(',')
  return {
    status: jobStatuses.filter((status) => wanted.includes(status)),
    toolkit: text('toolkit'),
    operation: text('operation'),
    requestedBy: text('requestedBy'),
    scheduleId: text('scheduleId'),
    within: text('within') in spans ? text('within') : '',
    since: instant('since'),
    until: instant('until'),
    endedSince: instant('endedSince'),
    endedUntil: instant('endedUntil'),
    q: text('q'),
  }
}

export function writeFilter(filter: JobFilter): URLSearchParams {
  const fields = Object.entries(filter).map(([name, value]) => [name, String(value)])
  return new URLSearchParams(fields.filter(([, value]) => value !== ''))
}

export const isNarrowed = (filter: JobFilter): boolean => writeFilter(filter).size > 0

/** As the API asks for it. */
export function toQuery({ status, within, ...texts }: JobFilter, now: number) {
  const since = sinceOf(within, now)
  const given = Object.entries(texts).filter(([, value]) => value.trim() !== '')
  return {
    ...Object.fromEntries(given.map(([name, value]) => [name, value.trim()])),
    ...(status.length > 0 && { status: status.join(',') }),
    ...(since && { since }),
  }
}
