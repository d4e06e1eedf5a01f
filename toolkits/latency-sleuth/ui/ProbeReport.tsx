import { formatCount } from '@sre-toolbox/sdk/ui'
import { PercentileTable } from './PercentileTable.tsx'
import type { ProbeResult } from './probe-data.ts'
import { Verdict } from './Verdict.tsx'
import { Waterfall } from './Waterfall.tsx'

export function ProbeReport({ result }: { result: ProbeResult }) {
  const { url, method, count, failed, verdict } = result
  return (
    <>
      <section className="card pad stack" aria-label="Verdict">
        <div>
          <h2 className="latency-sleuth-url mono">
            {method} {url}
          </h2>
          <p className="row wrap">
            <Verdict withinBudget={verdict.withinBudget} budgetMs={result.budgetMs} />
            <span>{verdict.explanation}</span>
          </p>
          <p className="soft number">
            {formatCount(count)} samples, {formatCount(failed)} failed
          </p>
        </div>
        <PercentileTable percentiles={result.percentiles} />
      </section>
      <Waterfall samples={result.samples} budgetMs={result.budgetMs} />
    </>
  )
}
