import type { DashboardCardContent } from '@sre-toolbox/sdk'
import type { ProbedTarget } from './history.ts'

type Row = DashboardCardContent['rows'][number]

const shown = 7
/** A probe from longer ago does not tell how things are. */
const freshMs = 24 * 3_600_000
const worstFirst: readonly Row['status'][] = ['unhealthy', 'degraded', 'healthy']

/** The URLs probed in the last 24 hours, each with its latest probe, the worst first; then those from before. */
export function cardOf(targets: readonly ProbedTarget[], now: number): DashboardCardContent {
  if (targets.length === 0) return { status: 'unknown', headline: 'Nothing was probed so far.', rows: [] }
  const isFresh = ({ startedAt }: ProbedTarget) => now - Date.parse(startedAt) < freshMs
  const fresh = targets
    .filter(isFresh)
    .map((target) => ({ ...rowOf(target), status: statusOf(target) }))
    .sort((a, b) => worstFirst.indexOf(a.status) - worstFirst.indexOf(b.status))
  const older = targets.filter((target) => !isFresh(target)).map(rowOf)
  return { ...summarise(fresh), rows: [...fresh, ...older].slice(0, shown) }
}

function summarise(rows: readonly Row[]): Pick<DashboardCardContent, 'status' | 'headline'> {
  const count = (status: Row['status']) => rows.filter((row) => row.status === status).length
  const broken = count('unhealthy')
  const missed = count('degraded')
  if (rows.length === 0) return { status: 'unknown', headline: 'Nothing was probed in the last 24 hours.' }
  if (broken > 0) {
    return { status: 'unhealthy', headline: `${broken} of ${rows.length} gave no good answer.` }
  }
  if (missed > 0) return { status: 'degraded', headline: `${missed} of ${rows.length} missed their budget.` }
  return { status: 'healthy', headline: 'All answered as they should.' }
}

function statusOf({ count, failed, withinBudget }: ProbedTarget): 'healthy' | 'degraded' | 'unhealthy' {
  if (failed === count) return 'unhealthy'
  return withinBudget === false ? 'degraded' : 'healthy'
}

function rowOf({ url, startedAt, count, failed, p95 }: ProbedTarget): Row {
  const failures = failed > 0 ? `${failed} of ${count} failed, ` : ''
  const value = p95 === null ? 'no answer' : `${failures}p95 ${p95.toFixed(0)} ms`
  return { label: url.slice(0, 200), value, at: startedAt }
}
