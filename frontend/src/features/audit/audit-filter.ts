import type { AuditEntry } from '@sre-toolbox/contract/audit'
import { auditOutcomes } from '@sre-toolbox/contract/audit'
import { sinceOf, spans } from '../../lib/time-spans.ts'

/** What the log is narrowed to; lives in the URL, so that it can be sent to somebody. */
export interface AuditFilter {
  readonly actor: string
  readonly operation: string
  readonly outcome: AuditEntry['outcome'] | ''
  readonly jobId: string
  /** A span that ends now; or else from `since` to `until`, as instants. */
  readonly within: string
  readonly since: string
  readonly until: string
  readonly q: string
}

export const noFilter: AuditFilter = {
  actor: '',
  operation: '',
  outcome: '',
  jobId: '',
  within: '',
  since: '',
  until: '',
  q: '',
}

export function readFilter(search: URLSearchParams): AuditFilter {
  const text = (name: string) => search.get(name) ?? ''
  return {
    actor: text('actor'),
    operation: text('operation'),
    outcome:
      (auditOutcomes as readonly AuditEntry['outcome'][]).find((known) => known === text('outcome')) ?? '',
    jobId: text('jobId'),
    within: text('within') in spans ? text('within') : '',
    since: Number.isNaN(Date.parse(text('since'))) ? '' : text('since'),
    until: Number.isNaN(Date.parse(text('until'))) ? '' : text('until'),
    q: text('q'),
  }
}

export function writeFilter(filter: AuditFilter): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''))
}

export const isNarrowed = (filter: AuditFilter): boolean => writeFilter(filter).size > 0

/** As the API asks for it. */
export function toQuery({ within, since, ...filter }: AuditFilter, now: number): Record<string, string> {
  const texts = { ...filter, since: sinceOf(within, now) ?? since }
  const given = Object.entries(texts).map(([name, value]) => [name, value.trim()])
  return Object.fromEntries(given.filter(([, value]) => value !== ''))
}
