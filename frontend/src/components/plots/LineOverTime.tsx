import './plots.css'

export interface Point {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly value: number
}

const width = 600
const height = 120

/** One measure over time. */
export function LineOverTime(props: {
  points: readonly Point[]
  label: string
  format: (value: number) => string
  axis: readonly string[]
}) {
  const { points, label, format, axis } = props
  const most = Math.max(1, ...points.map(({ value }) => value))
  const from = points[0]?.at ?? 0
  const span = Math.max(1, (points.at(-1)?.at ?? 1) - from)
  const x = (at: number) => ((at - from) / span) * width
  const y = (value: number) => height - 1 - (value / most) * (height - 6)
  const line = points.map(({ at, value }) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' L')
  return (
    <figure className="plot">
      <span className="plot-most small soft number" aria-hidden="true">
        {format(most)}
      </span>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} className="plot-axis" />
        <path d={`M${line} L${width},${height} L0,${height} Z`} className="plot-area" />
        <path d={`M${line}`} className="plot-line" />
      </svg>
      <figcaption className="plot-words small soft number" aria-hidden="true">
        {axis.map((word) => (
          <span key={word}>{word}</span>
        ))}
      </figcaption>
    </figure>
  )
}
