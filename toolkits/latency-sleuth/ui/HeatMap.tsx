import { formatTime } from '@sre-toolbox/sdk/ui'
import { heatMapOf } from './heat-map.ts'
import { type KeptProbe, milliseconds } from './probe-data.ts'

const column = 10
const row = 12

/**
 * Each column is a probe, each row a range of times; the darker a place, the more of the probe's samples it holds.
 * Oldest to the left.
 */
export function HeatMap({ probes }: { probes: readonly KeptProbe[] }) {
  const map = heatMapOf(probes)
  const width = probes.length * column
  const height = map.bounds.length * row
  const first = probes[0]
  const last = probes.at(-1)
  if (!first || !last || map.bounds.length === 0) {
    return <p className="card pad soft">No sample was answered, so there is nothing to draw.</p>
  }
  const line = (name: 'p50' | 'p95') =>
    probes.flatMap(({ percentiles }, index) => {
      const value = percentiles.total?.[name]
      return value === undefined ? [] : [`${(index + 0.5) * column},${map.place(value) * row}`]
    })
  return (
    <section className="card pad stack" aria-label="Latency over time">
      <div className="row wrap">
        <h2>Latency over time</h2>
        <span className="row wrap push small soft latency-sleuth-legend">
          <i className="latency-sleuth-line-p50" /> median <i className="latency-sleuth-line-p95" /> 95th
          percentile
          {map.budgets.length > 0 && (
            <>
              <i className="latency-sleuth-line-budget" /> budget
            </>
          )}
          <i className="latency-sleuth-cell" /> samples <i className="latency-sleuth-failures" /> failed
        </span>
      </div>
      <figure className="latency-sleuth-heat">
        <div className="latency-sleuth-scale number small soft" aria-hidden="true">
          {map.bounds.map((bound, index) => (
            <span key={bound}>{index % map.everyLabel === 0 ? `${milliseconds(bound)} ms` : ''}</span>
          ))}
        </div>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`Latency of ${probes.length} probes, from ${formatTime(first.startedAt)} to ${formatTime(last.startedAt)}. The table below has the numbers.`}
        >
          {probes.map((probe, index) => (
            <g key={`${probe.startedAt} ${probe.jobId}`}>
              <title>{inWords(probe)}</title>
              <rect
                x={index * column}
                y={0}
                width={column}
                height={height}
                className="latency-sleuth-column"
              />
              {map.cells(probe).map(({ top, share }) => (
                <rect
                  key={top}
                  x={index * column}
                  y={top * row}
                  width={column}
                  height={row}
                  className="latency-sleuth-cell"
                  fillOpacity={0.12 + 0.88 * share}
                />
              ))}
              {probe.failed > 0 && (
                <rect
                  x={index * column}
                  y={0}
                  width={column}
                  height={Math.max(2, (row / 2) * (probe.failed / probe.count))}
                  className="latency-sleuth-failures"
                />
              )}
            </g>
          ))}
          {map.budgets.map(({ from, to, top }) => (
            <line
              key={from}
              x1={from * column}
              x2={to * column}
              y1={top * row}
              y2={top * row}
              className="latency-sleuth-line-budget"
            />
          ))}
          <polyline points={line('p50').join(' ')} className="latency-sleuth-line-p50" />
          <polyline points={line('p95').join(' ')} className="latency-sleuth-line-p95" />
        </svg>
        <figcaption className="small soft number" aria-hidden="true">
          <span>{formatTime(first.startedAt).slice(0, 16)}</span>
          <span>{formatTime(last.startedAt).slice(0, 16)}</span>
        </figcaption>
      </figure>
    </section>
  )
}

function inWords({ startedAt, count, failed, percentiles: { total } }: KeptProbe): string {
  const times = total
    ? `median ${milliseconds(total.p50)} ms, 95th percentile ${milliseconds(total.p95)} ms, slowest ${milliseconds(total.max)} ms`
    : 'no sample was answered'
  return `${formatTime(startedAt)}\n${count} samples, ${failed} failed\n${times}`
}
