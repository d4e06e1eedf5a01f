import { Link } from 'react-router'
import { StepLine } from '../../components/plots/StepLine.tsx'
import { linearScale } from '../../components/plots/scale.ts'
import { type PlotValue, TimePlot } from '../../components/plots/TimePlot.tsx'
import { count, duration } from '../../lib/format.ts'
import { axisOf, stepsOf } from './steps.ts'
import type { Overview } from './use-dashboard.ts'

type Sample = Overview['queueOverTime'][number]

/** How many waited and ran, and how long the one that waited longest: the most of each step. */
export function QueuePlots({ overview }: { overview: Overview }) {
  const steps = stepsOf(overview)
  const byStart = new Map(overview.queueOverTime.map((sample) => [sample.from, sample]))
  const samples = steps.map(({ from }) => byStart.get(from))
  const depth = linearScale(
    samples.flatMap((sample) => (sample ? [sample.queued, sample.running] : [])),
    count,
  )
  const wait = linearScale(
    samples.flatMap((sample) => sample?.oldestSeconds ?? []),
    (seconds) => duration(seconds * 1000),
  )
  const axis = axisOf(overview, steps)
  const plotted = (valuesOf: (sample: Sample | undefined) => readonly PlotValue[]) =>
    steps.map(({ title, from, until }, index) => ({
      title,
      to: madeIn(from, until),
      values: valuesOf(samples[index]),
    }))
  const most = (of: (sample: Sample) => number) => Math.max(0, ...overview.queueOverTime.map(of))
  /** The jobs made when it was at its most. */
  function peak(of: (sample: Sample) => number): string {
    const top = most(of)
    const at = steps.find((_, index) => samples[index] !== undefined && of(samples[index]) === top)
    return at ? madeIn(at.from, at.until) : madeIn(overview.from, new Date().toISOString())
  }
  return (
    <>
      <ul className="legend">
        <li>
          <Link to={peak(({ queued }) => queued)}>
            <span className="swatch swatch-mute" aria-hidden="true" />
            queued, at most <b className="number">{count(most(({ queued }) => queued))}</b>
          </Link>
        </li>
        <li>
          <Link to={peak(({ running }) => running)}>
            <span className="swatch swatch-run" aria-hidden="true" />
            running, at most <b className="number">{count(most(({ running }) => running))}</b>
          </Link>
        </li>
      </ul>
      <TimePlot
        low
        label={`Queue over time: at most ${count(most(({ queued }) => queued))} queued and ${count(most(({ running }) => running))} running`}
        ticks={depth.ticks}
        axis={axis}
        steps={plotted((sample) => [
          { word: 'queued', tone: 'mute', said: sample ? count(sample.queued) : null },
          { word: 'running', tone: 'run', said: sample ? count(sample.running) : null },
        ])}
      >
        <StepLine
          filled
          tone="mute"
          shares={samples.map((sample) => sample && depth.share(sample.queued)).map(orNull)}
        />
        <StepLine
          tone="run"
          shares={samples.map((sample) => sample && depth.share(sample.running)).map(orNull)}
        />
      </TimePlot>
      <p className="legend">
        <Link to={peak(({ oldestSeconds }) => oldestSeconds)}>
          <span className="swatch swatch-warn" aria-hidden="true" />
          longest wait <b className="number">{duration(most(({ oldestSeconds }) => oldestSeconds) * 1000)}</b>
        </Link>
      </p>
      <TimePlot
        low
        label={`Longest wait over time: at most ${duration(most(({ oldestSeconds }) => oldestSeconds) * 1000)}`}
        ticks={wait.ticks.slice(-1)}
        axis={axis}
        steps={plotted((sample) => [
          { word: 'longest wait', tone: 'warn', said: sample ? duration(sample.oldestSeconds * 1000) : null },
        ])}
      >
        <StepLine
          filled
          tone="warn"
          shares={samples.map((sample) => sample && wait.share(sample.oldestSeconds)).map(orNull)}
        />
      </TimePlot>
    </>
  )
}

const orNull = (share: number | undefined) => share ?? null

const madeIn = (since: string, until: string) => `/jobs?${new URLSearchParams({ since, until })}`
