import { Link } from 'react-router'
import { BarLayers } from '../../components/plots/BarLayers.tsx'
import { linearScale } from '../../components/plots/scale.ts'
import { TimePlot } from '../../components/plots/TimePlot.tsx'
import { count } from '../../lib/format.ts'
import { axisOf, endedJobs, stepsOf } from './steps.ts'
import type { Overview } from './use-dashboard.ts'

type Ended = Overview['ended']
const outcomes = [
  { word: 'succeeded', tone: 'good', status: 'succeeded', of: ({ succeeded }: Ended) => succeeded },
  {
    word: 'failed or lost',
    tone: 'bad',
    status: 'failed,lost',
    of: (ended: Ended) => ended.failed + ended.lost,
  },
  { word: 'cancelled', tone: 'mute', status: 'cancelled', of: ({ cancelled }: Ended) => cancelled },
] as const

/** How jobs ended, step by step. */
export function EndedPlot({ overview }: { overview: Overview }) {
  const { ended, endedOverTime, from } = overview
  const steps = stepsOf(overview)
  const totals = endedOverTime.map((step) => outcomes.reduce((sum, { of }) => sum + of(step), 0))
  const { most, ticks } = linearScale(totals, count)
  const said = outcomes.map(({ word, of }) => `${count(of(ended))} ${word}`).join(', ')
  return (
    <>
      <ul className="legend">
        {outcomes.map(({ word, tone, status, of }) => (
          <li key={word}>
            <Link to={endedJobs({ status, from })}>
              <span className={`swatch swatch-${tone}`} aria-hidden="true" />
              <b className="number">{count(of(ended))}</b> {word}
            </Link>
          </li>
        ))}
      </ul>
      <TimePlot
        label={`Jobs that ended, over time: ${said}`}
        ticks={ticks}
        axis={axisOf(overview, steps)}
        steps={steps.map((step, index) => ({
          title: step.title,
          to: endedJobs(step),
          values: outcomes.map(({ word, tone, of }) => {
            const jobs = endedOverTime[index] ? of(endedOverTime[index]) : 0
            return { word, tone, said: totals[index] ? count(jobs) : null }
          }),
        }))}
      >
        <BarLayers
          most={most}
          layers={outcomes.map(({ tone, of }) => ({ tone, values: endedOverTime.map(of) }))}
        />
      </TimePlot>
    </>
  )
}
