import { milliseconds, type Percentiles, phases, phaseWords, spreads } from './probe-data.ts'

/** Where the time goes: each phase by its percentiles, in milliseconds, with its share of the slowest 5 %. */
export function PercentileTable({ percentiles }: { percentiles: Percentiles }) {
  const longest = Math.max(...phases.map((phase) => percentiles[phase]?.p95 ?? 0), 0.001)
  const rows = [...phases, 'total'] as const
  return (
    <div className="latency-sleuth-scroll">
      <table className="latency-sleuth-percentiles number">
        <thead>
          <tr>
            <th scope="col">Milliseconds</th>
            {spreads.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((phase) => {
            const spread = percentiles[phase]
            return (
              <tr key={phase} className={phase === 'total' ? 'latency-sleuth-total' : undefined}>
                <th scope="row">
                  {phase !== 'total' && <i className={`latency-sleuth-key latency-sleuth-${phase}`} />}
                  {phaseWords[phase]}
                </th>
                {spreads.map((name) => (
                  <td key={name}>{spread ? milliseconds(spread[name]) : '–'}</td>
                ))}
                <td className="latency-sleuth-share">
                  {phase !== 'total' && spread && (
                    <span
                      className={`latency-sleuth-bar latency-sleuth-${phase}`}
                      style={{ width: `${(100 * spread.p95) / longest}%` }}
                    />
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
