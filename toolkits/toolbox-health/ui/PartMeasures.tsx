import { Failure, formatTime, LineOverTime, Loading, useOperation } from '@sre-toolbox/sdk/ui'
import type { Point } from './health-data.ts'
import { formatOf, inWords } from './measures.ts'
import type { Range } from './ranges.ts'

/** What was measured of a part, each as a line over the range. */
export function PartMeasures({ name, range, begin }: { name: string; range: Range; begin: number }) {
  const { data, error, refetch } = useOperation<{ points: readonly Point[] }>(
    'history',
    { part: name, resolution: range.resolution, since: new Date(begin).toISOString() },
    { everySeconds: 60 },
  )
  if (error && !data) return <Failure error={error} what="The measures can't be read" retry={refetch} />
  if (!data) return <Loading what="the measures" lines={4} />
  const measures = [...new Set(data.points.flatMap((point) => Object.keys(point.measures)))]
  if (measures.length === 0) return <p className="soft">Nothing is measured of it.</p>
  const ends = [data.points[0], data.points.at(-1)].flatMap((point) =>
    point ? [formatTime(point.at).slice(5, 16)] : [],
  )
  return (
    <div className="toolbox-health-measures">
      {measures.map((measure) => {
        const format = formatOf(measure)
        const points = data.points.flatMap(({ at, measures }) => {
          const value = measures[measure]
          return value === undefined ? [] : [{ at: Date.parse(at), value }]
        })
        const latest = points.at(-1)?.value ?? 0
        return (
          <section key={measure} aria-label={inWords(measure)}>
            <h3 className="row">
              {inWords(measure)} <span className="push number soft">{format(latest)}</span>
            </h3>
            <LineOverTime
              points={points}
              format={format}
              axis={[...new Set(ends)]}
              label={`${inWords(measure)}: ${format(latest)} now, at most ${format(Math.max(...points.map(({ value }) => value)))}`}
            />
          </section>
        )
      })}
    </div>
  )
}
