import type { DashboardCardContent } from '@sre-toolbox/sdk'
import type { ProbedTarget } from './history.ts'

type Row = DashboardCardContent['rows'][number]

const shown = 7

/** The URLs probed last, each with its latest probe, as a dashboard card. */
export function cardOf(targets: readonly ProbedTarget[]): DashboardCardContent {
  const rows = targets.slice(0, shown).map(rowOf)
  const broken = rows.filter(({ status }) => status === 'unhealthy').length
  const slow = rows.filter(({ status }) => status === 'degraded').length
  if (rows.length === 0) return { status: 'unknown', headline: 'Nothing was probed so far.', rows }
  if (broken > 0)
    return { status: 'unhealthy', headline: `${broken} of ${rows.length} did not answer.`, rows }
  if (slow > 0)
    return { status: 'degraded', headline: `${slow} of ${rows.length} missed their budget.`, rows }
  return { status: 'healthy', headline: 'All answered as they should.', rows }
}

function rowOf({ url, startedAt, p95, withinBudget }: ProbedTarget): Row {
  const status = p95 === null ? 'unhealthy' : withinBudget === false ? 'degraded' : 'healthy'
  const value = p95 === null ? 'no answer' : `p95 ${p95.toFixed(0)} ms`
  return { label: url.slice(0, 200), value, status, at: startedAt }
}
