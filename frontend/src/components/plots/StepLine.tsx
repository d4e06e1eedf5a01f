import type { Tone } from '../../lib/job-status.ts'
import { stepWidth, yAt } from './TimePlot.tsx'

/** A line that is level within each step and broken where there is no value. Goes into a `TimePlot`. */
export function StepLine(props: {
  /** From 0 to 1. */
  shares: readonly (number | null)[]
  tone: Tone
  filled?: boolean
}) {
  const { shares, tone, filled } = props
  return (
    <>
      {filled &&
        runsOf(shares).map(({ from, to, level }) => (
          <path
            key={from}
            d={`M${from},${yAt(0)} L${level} L${to},${yAt(0)} Z`}
            className={`plot-area plot-area-${tone}`}
          />
        ))}
      <path
        d={runsOf(shares)
          .map(({ level }) => `M${level}`)
          .join(' ')}
        className={`plot-line plot-line-${tone}`}
      />
    </>
  )
}

/** Each unbroken stretch as the corners of its line. */
function runsOf(shares: readonly (number | null)[]): { from: number; to: number; level: string }[] {
  const runs: { from: number; to: number; level: string }[] = []
  shares.forEach((share, index) => {
    if (share === null) return
    const from = index * stepWidth
    const corners = `${from},${yAt(share).toFixed(1)} L${from + stepWidth},${yAt(share).toFixed(1)}`
    const open = runs.at(-1)
    if (open?.to === from) {
      open.level += ` L${corners}`
      open.to = from + stepWidth
    } else runs.push({ from, to: from + stepWidth, level: corners })
  })
  return runs
}
