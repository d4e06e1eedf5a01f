import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { LineOverTime } from '../../components/plots/LineOverTime.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { useApp } from '../../lib/app-context.ts'
import { count, duration, exactTime } from '../../lib/format.ts'
import { toolkitReadQuery } from '../../lib/queries.ts'

interface History {
  readonly points: readonly { readonly at: string; readonly highest: Readonly<Record<string, number>> }[]
}

const measures = [
  { name: 'queuedCount', title: 'Queued', format: count },
  { name: 'runningCount', title: 'Running', format: count },
  {
    name: 'oldestQueuedSeconds',
    title: 'Longest wait',
    format: (seconds: number) => duration(seconds * 1000),
  },
] as const

/** What the toolkit toolbox-health has kept of the queue, by the minute. */
export function QueueOverTime() {
  const { api } = useApp()
  const [measure, setMeasure] = useState<(typeof measures)[number]>(measures[0])
  const { data, error, refetch } = useQuery({
    ...toolkitReadQuery<History>(api, 'toolbox-health', 'history', { part: 'queue' }),
    refetchInterval: 60_000,
  })
  if (error && !data)
    return <Failure error={error} what="The queue's past can't be read" retry={() => void refetch()} />
  if (!data) return <Loading what="the queue over time" />
  const points = data.points.map(({ at, highest }) => ({
    at: Date.parse(at),
    value: highest[measure.name] ?? 0,
  }))
  const first = data.points[0]
  if (points.length < 2 || !first) {
    return <Empty title="Nothing to plot yet">The queue is measured every minute: look again in two.</Empty>
  }
  const most = Math.max(...points.map(({ value }) => value))
  const latest = points.at(-1)?.value ?? 0
  return (
    <>
      <LineOverTime
        points={points}
        format={measure.format}
        label={`${measure.title} over time: ${measure.format(latest)} now, ${measure.format(most)} at most`}
        axis={[exactTime(first.at).slice(11, 16), 'now']}
      />
      <fieldset className="segments plot-choice">
        <legend className="hidden-text">Measure</legend>
        {measures.map((choice) => (
          <button
            key={choice.name}
            type="button"
            aria-pressed={choice === measure}
            onClick={() => setMeasure(choice)}
          >
            {choice.title}
          </button>
        ))}
      </fieldset>
    </>
  )
}
