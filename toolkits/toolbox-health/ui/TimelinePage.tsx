import {
  Empty,
  Failure,
  formatTime,
  HealthMark,
  Loading,
  Segments,
  Time,
  useOperation,
} from '@sre-toolbox/sdk/ui'
import { useSearchParams } from 'react-router'
import type { PartTimeline, Sample } from './health-data.ts'
import { PartRow } from './PartRow.tsx'
import { beginOf, ranges } from './ranges.ts'

/** Each part of the product as a strip of how it was. Range and opened part are in the address. */
export function TimelinePage() {
  const [search, setSearch] = useSearchParams()
  const range = ranges.find(({ value }) => value === search.get('range')) ?? ranges[0]
  const now = Date.now()
  const begin = beginOf(range, now)
  const current = useOperation<{ sample: Sample | null }>('current', {}, { everySeconds: 20 })
  const timeline = useOperation<{ parts: readonly PartTimeline[] }>(
    'timeline',
    { resolution: range.resolution, since: new Date(begin).toISOString() },
    { everySeconds: 30 },
  )
  const error = current.error ?? timeline.error
  const sample = current.data?.sample
  function change(name: string, value: string | null) {
    setSearch(
      (present) => {
        const next = new URLSearchParams(present)
        if (value === null) next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true, preventScrollReset: true },
    )
  }
  if (error && !(sample && timeline.data)) {
    const refetch = () => {
      current.refetch()
      timeline.refetch()
    }
    return <Failure error={error} what="The timeline can't be read" retry={refetch} />
  }
  if (sample === undefined || !timeline.data) return <Loading what="the timeline" lines={10} />
  if (sample === null) {
    return (
      <div className="card">
        <Empty title="No sample was taken yet">One is taken every minute: look again soon.</Empty>
      </div>
    )
  }
  const opened = search.get('part')
  return (
    <section className="card" aria-label="Parts over time">
      <header className="list-header toolbox-health-header">
        <span className="row wrap">
          <HealthMark status={sample.status} />
          <span>{sample.message}</span>
          <span className="soft">
            Sampled <Time at={sample.at} />.
          </span>
        </span>
        <Segments
          label="Range"
          value={range.value}
          onChange={(value) => change('range', value)}
          options={ranges}
        />
      </header>
      <p className="row small soft number toolbox-health-times">
        <span>{formatTime(new Date(begin).toISOString()).slice(0, 16)}</span>
        <span className="push">now</span>
      </p>
      <ul>
        {sample.parts.map((part) => (
          <PartRow
            key={part.name}
            part={part}
            spans={timeline.data?.parts.find(({ name }) => name === part.name)?.spans ?? []}
            range={range}
            begin={begin}
            end={now}
            opened={opened === part.name}
            onToggle={() => change('part', opened === part.name ? null : part.name)}
          />
        ))}
      </ul>
      <p className="pad small soft">
        Hatched stretches have no sample: the server or this toolkit was off. A strip shows the worst of each{' '}
        {range.resolution}.
      </p>
    </section>
  )
}
