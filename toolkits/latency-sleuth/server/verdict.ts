import type { Percentiles } from './statistics.ts'

export interface Verdict {
  /** Null when no budget was given and no more failed than tolerated. */
  readonly withinBudget: boolean | null
  readonly explanation: string
}

export interface Budget {
  /** For the 95th percentile of the total time. */
  readonly budgetMs: number | undefined
  /** Of all samples, 0 to 1. */
  readonly maxErrorRate: number
}

export function judge(
  { total }: Percentiles,
  { count, failed }: { count: number; failed: number },
  { budgetMs, maxErrorRate }: Budget,
): Verdict {
  const fewFailures = failed / count <= maxErrorRate
  const tolerance = fewFailures ? '' : ` At most ${(maxErrorRate * 100).toFixed(1)} % may fail.`
  const failures = `${failed === 0 ? 'No sample failed.' : `${failed} of ${count} samples failed.`}${tolerance}`
  const withoutBudget = fewFailures ? null : false
  if (!total) {
    const explanation = `No sample was answered, so there is nothing to time. ${failures}`
    return { withinBudget: budgetMs === undefined ? withoutBudget : false, explanation }
  }
  const p95 = `95 % of the answers took at most ${total.p95.toFixed(1)} ms`
  if (budgetMs === undefined) return { withinBudget: withoutBudget, explanation: `${p95}. ${failures}` }

  const inTime = total.p95 <= budgetMs
  const time = inTime
    ? `${p95}, within the budget of ${budgetMs} ms.`
    : `${p95}, ${(total.p95 - budgetMs).toFixed(1)} ms over the budget of ${budgetMs} ms.`
  return { withinBudget: inTime && fewFailures, explanation: `${time} ${failures}` }
}

/** The verdict where there is room for a few words, the outcome first. */
export function inShort(probe: {
  readonly count: number
  readonly failed: number
  readonly percentiles: Pick<Percentiles, 'total'>
  readonly budgetMs: number | null
  readonly verdict: Verdict
}): string {
  const { count, failed, budgetMs } = probe
  const p95 = probe.percentiles.total?.p95
  const failures = failed > 0 ? [`${failed} of ${count} failed`] : []
  if (p95 === undefined) return ['No answer', ...failures].join(', ')
  const over = budgetMs !== null && p95 > budgetMs
  const late = over ? [`${(p95 - budgetMs).toFixed(1)} ms over budget`] : []
  const kept = probe.verdict.withinBudget ? ['Within budget'] : []
  return [...late, ...failures, ...kept, `p95 ${p95.toFixed(1)} ms`].join(', ')
}
