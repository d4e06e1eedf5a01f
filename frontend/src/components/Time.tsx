import { duration, exactTime, relativeTime } from '../lib/format.ts'
import { useNow } from '../lib/use-now.ts'

/** How long ago, with the exact time on hover. */
export function Time({ at, now }: { at: string; now: number }) {
  return (
    <time dateTime={at} title={exactTime(at)} className="number">
      {relativeTime(at, now)}
    </time>
  )
}

/** How long something took, or has taken so far. */
export function Took({ from, to, now }: { from: string | null; to: string | null; now: number }) {
  if (from === null) return <span className="soft">–</span>
  const ms = (to === null ? now : Date.parse(to)) - Date.parse(from)
  return <span className="number">{duration(ms)}</span>
}

export function TickingTime({ at }: { at: string }) {
  return <Time at={at} now={useNow(10_000)} />
}
