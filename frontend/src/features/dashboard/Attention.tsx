import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useApp } from '../../lib/app-context.ts'
import { count, duration } from '../../lib/format.ts'
import type { Tone } from '../../lib/job-status.ts'
import { countsQuery, latestJobsQuery, toolkitsQuery } from '../../lib/queries.ts'
import { useNow } from '../../lib/use-now.ts'

const mostCounted = 200
/** Waiting longer than this is worth a look. */
const longWaitMs = 60_000

/** The numbers that say whether anything needs a person; each leads to what it counts. */
export function Attention() {
  const { api } = useApp()
  const now = useNow(1000)
  // By the minute, so that the same question is asked for a while.
  const since = new Date(Math.floor((now - 86_400_000) / 60_000) * 60_000).toISOString()
  const { data: counts } = useQuery(countsQuery(api))
  const { data: failed } = useQuery({
    ...latestJobsQuery(api, { status: 'failed,lost', since, limit: mostCounted }),
    placeholderData: (previous) => previous,
  })
  const { data: toolkits } = useQuery(toolkitsQuery(api))
  const ill = toolkits?.items.filter(
    ({ enabled, health }) => enabled && (health.status === 'degraded' || health.status === 'unhealthy'),
  )
  const waited = counts?.oldestQueuedAt ? now - Date.parse(counts.oldestQueuedAt) : 0
  const waiting = counts?.counts.waiting_approval ?? 0
  const running = counts && counts.counts.running + counts.counts.cancelling
  return (
    <section aria-label="What needs you now">
      <ul className="tiles">
        <Tile
          to="/jobs?status=failed,lost&within=24h"
          title="Failed in 24 hours"
          value={failed && `${count(failed.items.length)}${failed.nextCursor ? '+' : ''}`}
          says={
            failed &&
            (failed.items.length > 0 ? `latest: ${failed.items[0]?.operation}` : 'nothing to look into')
          }
          tone={failed && failed.items.length > 0 ? 'bad' : 'good'}
        />
        {waiting > 0 && (
          <Tile
            to="/jobs?status=waiting_approval"
            title="Need approval"
            value={count(waiting)}
            says="wait for a person"
            tone="warn"
          />
        )}
        <Tile
          to="/jobs?status=queued"
          title="Queued"
          value={counts && count(counts.counts.queued)}
          says={counts && (waited > 0 ? `the oldest waits ${duration(waited)}` : 'jobs start as they come')}
          tone={waited > longWaitMs ? 'warn' : 'good'}
        />
        <Tile
          to="/jobs?status=running,cancelling"
          title="Running"
          value={running === undefined ? undefined : count(running)}
          says={
            counts && (counts.counts.scheduled > 0 ? `${count(counts.counts.scheduled)} scheduled` : 'now')
          }
          tone="run"
        />
        <Tile
          to="/toolkits"
          title="Degraded toolkits"
          value={ill && count(ill.length)}
          says={
            ill &&
            (ill.length > 0
              ? ill.map(({ name }) => name).join(', ')
              : `of ${toolkits?.items.length} toolkits`)
          }
          tone={ill && ill.length > 0 ? 'warn' : 'good'}
        />
      </ul>
    </section>
  )
}

function Tile(props: {
  to: string
  title: string
  value: string | undefined
  says: string | undefined
  tone: Tone
}) {
  const { to, title, value, says, tone } = props
  return (
    <li>
      <Link to={to} className={`card tile tile-${tone}`}>
        <span className="soft">{title}</span>
        <b className="number">{value ?? '–'}</b>
        <span className="small soft cut">{says ?? ' '}</span>
      </Link>
    </li>
  )
}
