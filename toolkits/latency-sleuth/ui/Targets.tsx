import { Empty, Failure, formatCount, Loading, Time, useOperation, useToolkit } from '@sre-toolbox/sdk/ui'
import { Link } from 'react-router'
import { milliseconds, type ProbedTarget } from './probe-data.ts'
import { Verdict } from './Verdict.tsx'

/** What was probed, each with how it went last; leads to how it went over time. */
export function Targets() {
  const { data, error, refetch } = useOperation<{ items: readonly ProbedTarget[] }>(
    'targets',
    {},
    { everySeconds: 15 },
  )
  const { basePath } = useToolkit()
  if (error && !data) return <Failure error={error} what="What was probed can't be read" retry={refetch} />
  if (!data) return <Loading what="what was probed" lines={6} />
  return (
    <section className="card" aria-label="What was probed">
      <header className="list-header">
        <h2>What was probed</h2>
      </header>
      {data.items.length === 0 ? (
        <Empty title="Nothing was probed yet">Give a URL to the form and press Probe.</Empty>
      ) : (
        <ul className="latency-sleuth-targets">
          {data.items.map((target) => (
            <li key={target.url}>
              <Link
                to={`${basePath}/history?url=${encodeURIComponent(target.url)}`}
                className="mono latency-sleuth-target"
                title={target.url}
              >
                {target.url}
              </Link>
              <Verdict withinBudget={target.withinBudget} budgetMs={target.budgetMs} />
              <span className="number latency-sleuth-time">
                {target.p95 === null ? 'no answer' : `p95 ${milliseconds(target.p95)} ms`}
              </span>
              <span className="soft small number">
                {formatCount(target.count)} samples
                {target.failed > 0 && `, ${formatCount(target.failed)} failed`},{' '}
                <Time at={target.startedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
