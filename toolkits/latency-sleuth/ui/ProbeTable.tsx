import { formatCount, JobLink, Time } from '@sre-toolbox/sdk/ui'
import { type KeptProbe, milliseconds } from './probe-data.ts'
import { Verdict } from './Verdict.tsx'

/** The numbers behind the plot, newest first. */
export function ProbeTable({ probes }: { probes: readonly KeptProbe[] }) {
  return (
    <section className="card latency-sleuth-scroll" aria-label="Probes">
      <table className="latency-sleuth-probes number">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Verdict</th>
            <th scope="col">Median</th>
            <th scope="col">p95</th>
            <th scope="col">p99</th>
            <th scope="col">Slowest</th>
            <th scope="col">Failed</th>
            <th scope="col">Job</th>
          </tr>
        </thead>
        <tbody>
          {probes.map((probe) => {
            const { total } = probe.percentiles
            const time = (value: number | undefined) =>
              value === undefined ? '–' : `${milliseconds(value)} ms`
            return (
              <tr key={`${probe.startedAt} ${probe.jobId}`}>
                <td>
                  <Time at={probe.startedAt} />
                </td>
                <td>
                  <Verdict withinBudget={probe.verdict.withinBudget} budgetMs={probe.budgetMs} />
                </td>
                <td>{time(total?.p50)}</td>
                <td>{time(total?.p95)}</td>
                <td>{time(total?.p99)}</td>
                <td>{time(total?.max)}</td>
                <td>
                  {formatCount(probe.failed)} of {formatCount(probe.count)}
                </td>
                <td>{probe.jobId && <JobLink id={probe.jobId} />}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
