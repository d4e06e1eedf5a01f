import { Link } from 'react-router'
import { StepLine } from '../../components/plots/StepLine.tsx'
import { logScale } from '../../components/plots/scale.ts'
import { TimePlot } from '../../components/plots/TimePlot.tsx'
import { duration } from '../../lib/format.ts'
import { axisOf, endedJobs, stepsOf } from './steps.ts'
import type { Overview } from './use-dashboard.ts'

const lines = [
  { word: 'p50', tone: 'good', key: 'p50Ms' },
  { word: 'p95', tone: 'run', key: 'p95Ms' },
  { word: 'p99', tone: 'warn', key: 'p99Ms' },
] as const

/** How long jobs ran that succeeded or failed. */
export function RunTimePlot({ overview }: { overview: Overview }) {
  const { ended, endedOverTime, from } = overview
  const steps = stepsOf(overview)
  const values = endedOverTime.flatMap(({ p50Ms, p95Ms, p99Ms }) => [p50Ms, p95Ms, p99Ms])
  const { share, ticks } = logScale(
    values.filter((value) => value !== null),
    shortDuration,
  )
  const say = (ms: number | null) => (ms === null ? null : duration(ms))
  const said = lines.map(({ word, key }) => `${word} ${say(ended[key]) ?? 'none'}`).join(', ')
  return (
    <>
      <ul className="legend">
        {lines.map(({ word, tone, key }) => (
          <li key={word}>
            <Link to={endedJobs({ status: 'succeeded,failed', from })}>
              <span className={`swatch swatch-${tone}`} aria-hidden="true" />
              {word} <b className="number">{say(ended[key]) ?? '–'}</b>
            </Link>
          </li>
        ))}
      </ul>
      <TimePlot
        label={`Run time of jobs, over time: ${said}`}
        ticks={ticks}
        axis={axisOf(overview, steps)}
        steps={steps.map((step, index) => ({
          title: step.title,
          to: endedJobs({ ...step, status: 'succeeded,failed' }),
          values: lines.map(({ word, tone, key }) => ({
            word,
            tone,
            said: say(endedOverTime[index]?.[key] ?? null),
          })),
        }))}
      >
        {lines.map(({ word, tone, key }) => (
          <StepLine
            key={word}
            tone={tone}
            shares={endedOverTime.map((step) => {
              const value = step[key]
              return value === null ? null : share(value)
            })}
          />
        ))}
      </TimePlot>
    </>
  )
}

/** Powers of ten without the digits that say nothing. */
function shortDuration(ms: number): string {
  return ms < 1000 || ms >= 60_000 ? duration(ms) : `${ms / 1000} s`
}
