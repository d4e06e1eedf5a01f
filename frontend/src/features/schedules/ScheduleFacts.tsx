import type { Schedule } from '@sre-toolbox/contract/schedules'
import { Link } from 'react-router'
import { JobStatusMark, Mark } from '../../components/StatusMark.tsx'
import { TickingTime, Time } from '../../components/Time.tsx'
import { shortId } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'

const states = {
  active: { word: 'Active', tone: 'run', shape: 'clock' },
  paused: { word: 'Paused', tone: 'warn', shape: 'hand' },
  held: { word: 'Toolkit disabled', tone: 'mute', shape: 'slash' },
  ended: { word: 'Over', tone: 'mute', shape: 'check' },
} as const

export function ScheduleState({ schedule }: { schedule: Schedule }) {
  const refused = schedule.paused?.by === 'schedules' && schedule.lastMissed?.kind === 'refused'
  if (refused) return <Mark tone="bad" shape="bang" word="Paused itself" />
  return <Mark {...states[schedule.state]} />
}

export function NextRun({ schedule }: { schedule: Schedule }) {
  const now = useNow(10_000)
  const [next] = schedule.nextRuns
  if (schedule.state === 'held') return <span className="soft">when its toolkit is enabled</span>
  if (next === undefined) return <span className="soft">–</span>
  return Date.parse(next) <= now ? <span>due now</span> : <Time at={next} now={now} />
}

/** Its last job, or why the last due time gave none. */
export function LastRun({ schedule }: { schedule: Schedule }) {
  const { lastRun, lastMissed } = schedule
  const missedLast = lastMissed && (!lastRun || lastMissed.dueAt > lastRun.dueAt)
  return (
    <>
      {lastRun ? (
        <Link to={`/jobs/${lastRun.jobId}`} className="row">
          {lastRun.status ? <JobStatusMark status={lastRun.status} /> : <span>Removed by retention</span>}
          <span className="soft">
            <TickingTime at={lastRun.dueAt} />
          </span>
          <span className="hidden-text">, job {shortId(lastRun.jobId)}</span>
        </Link>
      ) : (
        <span className="soft">Not yet</span>
      )}
      {missedLast && lastMissed.kind !== 'refused' && (
        <span className="small soft" title={lastMissed.reason}>
          left out <TickingTime at={lastMissed.dueAt} />
        </span>
      )}
    </>
  )
}

/** Who paused it and why, or why it stands still. */
export function WhyNot({ schedule }: { schedule: Schedule }) {
  const { paused, state, toolkit } = schedule
  if (paused) {
    const who = paused.by === 'schedules' ? 'Refused' : `Paused by ${paused.by}`
    return (
      <p className={paused.by === 'schedules' ? 'why-not why-refused' : 'why-not'}>
        {who} <TickingTime at={paused.at} />: {paused.reason ?? 'no reason was given.'}
      </p>
    )
  }
  if (state !== 'held') return null
  return (
    <p className="why-not">
      <Link to={`/toolkits/${toolkit}`}>{toolkit}</Link> is disabled: nothing runs until it is enabled.
    </p>
  )
}
