import type { Tone } from '../../lib/job-status.ts'
import './plots.css'

export interface Bar {
  /** Shown on hover, such as `14:00`. */
  readonly title: string
  readonly parts: readonly { readonly tone: Tone; readonly value: number; readonly word: string }[]
}

const height = 120
const gap = 2

/** Counts over time, split by what they were. `axis` are words below the first, middle and last bar. */
export function StackedBars({
  bars,
  label,
  axis,
}: {
  bars: readonly Bar[]
  label: string
  axis: readonly string[]
}) {
  const totals = bars.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0))
  const most = Math.max(1, ...totals)
  return (
    <figure className="plot">
      <span className="plot-most small soft number" aria-hidden="true">
        {most}
      </span>
      <svg
        viewBox={`0 0 ${bars.length * 10} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        <line x1="0" x2={bars.length * 10} y1={height - 0.5} y2={height - 0.5} className="plot-axis" />
        {bars.map((bar, index) => (
          <BarOf key={bar.title} bar={bar} x={index * 10} most={most} />
        ))}
      </svg>
      <figcaption className="plot-words small soft number" aria-hidden="true">
        {axis.map((word) => (
          <span key={word}>{word}</span>
        ))}
      </figcaption>
    </figure>
  )
}

function BarOf({ bar, x, most }: { bar: Bar; x: number; most: number }) {
  let top = height
  const said = bar.parts.filter(({ value }) => value > 0).map(({ value, word }) => `${value} ${word}`)
  return (
    <g>
      <title>{`${bar.title}: ${said.join(', ') || 'none'}`}</title>
      <rect x={x} y="0" width="10" height={height} className="plot-hit" />
      {bar.parts.map(({ tone, value, word }) => {
        const size = (value / most) * (height - 4)
        top -= size
        return (
          <rect
            key={word}
            x={x + gap / 2}
            y={top}
            width={10 - gap}
            height={size}
            className={`plot-${tone}`}
          />
        )
      })}
    </g>
  )
}
