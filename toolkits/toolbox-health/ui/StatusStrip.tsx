import { formatDuration, formatTime } from '@sre-toolbox/sdk/ui'
import type { Span } from './health-data.ts'

const width = 1000
const height = 22

/** How one part was, from `begin` to `end` in milliseconds since the epoch. */
export function StatusStrip(props: { title: string; spans: readonly Span[]; begin: number; end: number }) {
  const { title, spans, begin, end } = props
  const x = (at: number) => (width * (Math.min(end, Math.max(begin, at)) - begin)) / (end - begin)
  const shown = spans
    .map(({ from, to, status }) => ({ from: Date.parse(from), to: Date.parse(to), status }))
    .filter(({ from, to }) => to > begin && from < end)
  const edges = { from: shown[0]?.from ?? end, to: shown.at(-1)?.to ?? end }
  const all = [
    ...(edges.from > begin ? [{ from: begin, to: edges.from, status: 'unknown' as const }] : []),
    ...shown,
  ]
  return (
    <svg
      className="toolbox-health-strip"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${title}: ${summaryOf(all)}`}
    >
      {all.map(({ from, to, status }) => (
        <rect
          key={from}
          x={x(from)}
          y={0}
          width={Math.max(1, x(to) - x(from))}
          height={height}
          className={`toolbox-health-${status}`}
        >
          <title>{`${status}\n${formatTime(new Date(from).toISOString()).slice(0, 16)}, for ${formatDuration(to - from)}`}</title>
        </rect>
      ))}
    </svg>
  )
}

/** The share of the time that was sampled. */
function summaryOf(spans: readonly { from: number; to: number; status: Span['status'] }[]): string {
  const spent = { healthy: 0, degraded: 0, unhealthy: 0, unknown: 0 }
  for (const { from, to, status } of spans) spent[status] += to - from
  const sampled = spent.healthy + spent.degraded + spent.unhealthy
  if (sampled === 0) return 'no sample'
  return (['healthy', 'degraded', 'unhealthy'] as const)
    .map((status) => `${((100 * spent[status]) / sampled).toFixed(1)} % ${status}`)
    .join(', ')
}
