import { Link } from 'react-router'
import { count, duration, plural } from '../../lib/format.ts'
import type { Tone } from '../../lib/job-status.ts'
import { useNow } from '../../lib/use-now.ts'
import { endedJobs } from './steps.ts'
import type { Overview } from './use-dashboard.ts'

/** How much there is of what; each number leads to what it counts. */
export function Numbers({ overview }: { overview: Overview }) {
  const { jobs, ended, from } = overview
  const { counts, oldestQueuedAt } = jobs
  const now = useNow(1000)
  const waited = oldestQueuedAt === null ? null : Math.max(0, now - Date.parse(oldestQueuedAt))
  const failed = ended.failed + ended.lost
  const all = ended.succeeded + failed
  return (
    <ul className="tiles" aria-label="Jobs in numbers">
      <Tile
        to="/jobs?status=running,cancelling"
        title="Running"
        value={counts.running + counts.cancelling}
        says={counts.cancelling > 0 ? `${count(counts.cancelling)} being cancelled` : 'now'}
        tone="run"
      />
      <Tile
        to="/jobs?status=queued"
        title="Queued"
        value={counts.queued}
        says={waited === null ? 'jobs start as they come' : `the oldest waits ${duration(waited)}`}
        tone={waited !== null && waited >= 60_000 ? 'warn' : 'mute'}
      />
      <Tile
        to="/jobs?status=scheduled,waiting_approval"
        title="To come"
        value={counts.scheduled + counts.waiting_approval}
        says={
          counts.waiting_approval > 0
            ? `${plural(counts.waiting_approval, 'needs', 'need')} approval`
            : 'scheduled'
        }
        tone={counts.waiting_approval > 0 ? 'warn' : 'mute'}
      />
      <Tile
        to={endedJobs({ status: 'succeeded', from })}
        title="Succeeded"
        value={ended.succeeded}
        says={all === 0 ? 'of none' : `${share(ended.succeeded, all)} of all ended`}
        tone="mute"
      />
      <Tile
        to={endedJobs({ status: 'failed,lost', from })}
        title="Failed"
        value={failed}
        says={ended.lost > 0 ? `${count(ended.lost)} of them lost` : 'none of them lost'}
        tone={failed > 0 ? 'bad' : 'mute'}
      />
      <Tile
        to={endedJobs({ status: 'cancelled', from })}
        title="Cancelled"
        value={ended.cancelled}
        says="by somebody"
        tone="mute"
      />
    </ul>
  )
}

/** Only all of it is 100 %. */
function share(part: number, whole: number): string {
  return part === whole ? '100 %' : `${Math.floor((part / whole) * 1000) / 10} %`
}

function Tile(props: { to: string; title: string; value: number; says: string; tone: Tone }) {
  const { to, title, value, says, tone } = props
  return (
    <li>
      <Link to={to} className={`card tile tile-${tone}`}>
        <span className="soft">{title}</span>
        <b className="number">{count(value)}</b>
        <span className="small soft cut number">{says}</span>
      </Link>
    </li>
  )
}
