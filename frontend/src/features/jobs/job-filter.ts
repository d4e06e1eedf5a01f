import { type JobStatus, jobStatuses } from '@sre-toolbox/contract/jobs'

/** What the list is narrowed to; lives in the URL, so that a list can be sent to somebody. */
export interface JobFilter {
  readonly status: readonly JobStatus[]
  readonly toolkit: string
  readonly operation: string
  readonly requestedBy: string
  readonly scheduleId: string
  readonly within: string
  readonly q: string
}

export const spans: Readonly<Record<string, { title: string; ms: number }>> = {
  '1h': { title: 'Last hour', ms: 3_600_000 },
  '24h': { title: 'Last 24 hours', ms: 86_400_000 },
  '7d': { title: 'Last 7 days', ms: 7 * 86_400_000 },
  '30d': { title: 'Last 30 days', ms: 30 * 86_400_000 },
}

export function readFilter(search: URLSearchParams): JobFilter {
  const text = (name: string) => search.get(name) ?? ''
  const wanted = text('status').split(',')
  return {
    status: jobStatuses.filter((status) => wanted.includes(status)),
    toolkit: text('toolkit'),
    operation: text('operation'),
    requestedBy: text('requestedBy'),
    scheduleId: text('scheduleId'),
    within: text('within') in spans ? text('within') : '',
    q: text('q'),
  }
}

export function writeFilter(filter: JobFilter): URLSearchParams {
  const fields = Object.entries(filter).map(([name, value]) => [name, String(value)])
  return new URLSearchParams(fields.filter(([, value]) => value !== ''))
}

export const isNarrowed = (filter: JobFilter): boolean => writeFilter(filter).size > 0

/** As the API asks for it. Times are cut to the minute, so that the same list is the same request for a while. */
export function toQuery({ status, within, ...texts }: JobFilter, now: number) {
  const span = spans[within]
  const given = Object.entries(texts).filter(([, value]) => value.trim() !== '')
  return {
    ...Object.fromEntries(given.map(([name, value]) => [name, value.trim()])),
    ...(status.length > 0 && { status: status.join(',') }),
    ...(span && { since: new Date(Math.floor((now - span.ms) / 60_000) * 60_000).toISOString() }),
  }
}
