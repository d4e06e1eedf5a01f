import { useQuery } from '@tanstack/react-query'
import { LineOverTime } from '../../components/plots/LineOverTime.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { useApp } from '../../lib/app-context.ts'
import { bytes, duration, exactTime } from '../../lib/format.ts'
import { toolkitReadQuery } from '../../lib/queries.ts'

interface History {
  readonly points: readonly { readonly at: string; readonly highest: Readonly<Record<string, number>> }[]
}

const plots = [
  { part: 'event-loop', measure: 'p99Ms', title: 'Event loop, 99 % late by less than', format: duration },
  {
    part: 'queue',
    measure: 'oldestQueuedSeconds',
    title: 'Longest wait in the queue',
    format: (seconds: number) => duration(seconds * 1000),
  },
  { part: 'api', measure: 'residentBytes', title: 'Memory of the control plane', format: bytes },
  { part: 'toolkit-hosts', measure: 'residentBytes', title: 'Memory of toolkit hosts', format: bytes },
] as const

/** What the toolkit toolbox-health has kept, by the minute. */
export function OverTime() {
  return (
    <section aria-label="Over time" className="runtime-plots">
      {plots.map((plot) => (
        <PlotCard key={plot.title} plot={plot} />
      ))}
    </section>
  )
}

function PlotCard({ plot }: { plot: (typeof plots)[number] }) {
  return (
    <div className="card pad stack">
      <h2>{plot.title}</h2>
      <Plot plot={plot} />
    </div>
  )
}

function Plot({ plot: { part, measure, title, format } }: { plot: (typeof plots)[number] }) {
  const { api } = useApp()
  const { data, error, refetch } = useQuery({
    ...toolkitReadQuery<History>(api, 'toolbox-health', 'history', { part }),
    refetchInterval: 60_000,
  })
  if (error && !data) return <Failure error={error} what="It can't be read" retry={() => void refetch()} />
  if (!data) return <Loading what={title} />
  const points = data.points.flatMap(({ at, highest }) => {
    const value = highest[measure]
    return value === undefined ? [] : [{ at: Date.parse(at), value }]
  })
  const [first] = data.points
  if (points.length < 2 || !first)
    return <Empty title="Nothing to plot yet">It is measured every minute: look again in two.</Empty>
  const most = Math.max(...points.map(({ value }) => value))
  return (
    <LineOverTime
      points={points}
      format={format}
      label={`${title}: ${format(points.at(-1)?.value ?? 0)} now, ${format(most)} at most`}
      axis={[exactTime(first.at).slice(11, 16), 'now']}
    />
  )
}
