import { exactTime, relativeTime } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { ownTimeZone } from './timing-draft.ts'

/** Due times by the clock of their zone; the person's own clock on hover. */
export function NextRuns({ times, timeZone }: { times: readonly string[]; timeZone: string }) {
  const now = useNow(10_000)
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  })
  return (
    <ol className="next-runs">
      {times.map((time) => (
        <li key={time}>
          <time dateTime={time} title={`${exactTime(time)} (${ownTimeZone()})`} className="number">
            {format.format(new Date(time))}
          </time>
          <span className="soft number">{relativeTime(time, now)}</span>
        </li>
      ))}
    </ol>
  )
}
