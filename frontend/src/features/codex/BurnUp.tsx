import { useQuery } from '@tanstack/react-query'
import { useParams, useSearchParams } from 'react-router'
import { StepLine } from '../../components/plots/StepLine.tsx'
import { linearScale } from '../../components/plots/scale.ts'
import { type PlotStep, TimePlot } from '../../components/plots/TimePlot.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { useApp } from '../../lib/app-context.ts'
import { count, plural } from '../../lib/format.ts'
import { historyQuery } from './codex-queries.ts'
import { type Day, dailyCounts } from './daily-counts.ts'

const ranges = [30, 90, 365] as const

/** How much there is to do and how much of it is done, day by day, as git remembers the backlog. */
export function BurnUp() {
  const { workspaceId = '' } = useParams()
  const { api } = useApp()
  const [search, setSearch] = useSearchParams()
  const range = ranges.find((days) => String(days) === search.get('days')) ?? 90
  const { data, error, refetch } = useQuery(historyQuery(api, workspaceId, range))
  function show(days: number) {
    const next = new URLSearchParams(search)
    next.set('days', String(days))
    setSearch(next, { replace: true })
  }
  if (error && !data)
    return <Failure error={error} what="The history can't be read" retry={() => void refetch()} />
  if (!data) return <Loading what="the history" lines={8} />
  const days = dailyCounts(data.points, range)
  return (
    <section className="card pad stack burn-up" aria-label="Burn-up">
      <header className="row wrap">
        <h2>Burn-up</h2>
        <span className="soft small">all areas, whatever the filters say</span>
        <fieldset className="segments push">
          <legend className="hidden-text">How far back</legend>
          {ranges.map((each) => (
            <button key={each} type="button" aria-pressed={each === range} onClick={() => show(each)}>
              {each} days
            </button>
          ))}
        </fieldset>
      </header>
      {days.length < 2 ? (
        <Empty title="There is no history to draw yet">
          The backlog as it is in the last commit of each day makes the line. Commit{' '}
          <code>docs/TODO.yaml</code> on another day, and it begins.
        </Empty>
      ) : (
        <Plot days={days} journal={`/codex/workspaces/${workspaceId}/journal`} />
      )}
    </section>
  )
}

function Plot({ days, journal }: { days: readonly Day[]; journal: string }) {
  const first = days[0]
  const last = days.at(-1)
  if (!first || !last) return null
  const scale = linearScale(
    days.map(({ total }) => total),
    count,
  )
  const steps: PlotStep[] = days.map(({ day, total, done, inProgress, blocked }) => ({
    title: day,
    values: [
      { word: 'in all', tone: 'mute', said: count(total) },
      { word: 'done', tone: 'good', said: count(done) },
      { word: 'in progress', tone: 'run', said: count(inProgress) },
      { word: 'blocked', tone: 'bad', said: count(blocked) },
    ],
    to: `${journal}?q=${day}`,
  }))
  const middle = days[Math.floor(days.length / 2)]?.day ?? ''
  const said = `${last.done} of ${plural(last.total, 'task')} done; ${first.done} of ${first.total} on ${first.day}`
  return (
    <>
      <p>
        <b className="number">{said}</b>
      </p>
      <TimePlot
        label={`Tasks in all and done by day. ${said}.`}
        steps={steps}
        ticks={scale.ticks}
        axis={days.length > 2 ? [first.day, middle, last.day] : [first.day, last.day]}
      >
        <StepLine shares={days.map(({ total }) => scale.share(total))} tone="mute" filled />
        <StepLine
          shares={days.map(({ done, inProgress }) => scale.share(done + inProgress))}
          tone="run"
          filled
        />
        <StepLine shares={days.map(({ done }) => scale.share(done))} tone="good" filled />
      </TimePlot>
      <p className="row wrap small soft" aria-hidden="true">
        <span className="row">
          <span className="swatch swatch-good" /> done
        </span>
        <span className="row">
          <span className="swatch swatch-run" /> in progress, on top of what is done
        </span>
        <span className="row">
          <span className="swatch swatch-mute" /> in all
        </span>
      </p>
    </>
  )
}
