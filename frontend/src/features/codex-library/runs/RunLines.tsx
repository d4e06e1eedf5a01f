import type { RunSummary } from '@sre-toolbox/contract/codex-runs'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Mark } from '../../../components/StatusMark.tsx'
import { TickingTime } from '../../../components/Time.tsx'
import { useApp } from '../../../lib/app-context.ts'
import { runsQuery } from '../library-queries.ts'
import { outcomeLooks } from './run-looks.ts'

/** The latest runs of a task. */
export function RunLines({ task }: { task: string }) {
  const { api } = useApp()
  const { data } = useInfiniteQuery(runsQuery(api, { task }, 5))
  const runs = data?.pages[0]?.items ?? []
  return (
    <section className="card" aria-label="Latest runs">
      <header className="list-header">
        <h2>Latest runs</h2>
        {runs.length > 0 && <Link to={`/codex/runs?task=${task}`}>All of them</Link>}
      </header>
      {data && runs.length === 0 ? (
        <p className="soft pad">It has not run yet.</p>
      ) : (
        <ul className="list-rows">
          {runs.map((run) => (
            <RunLine key={run.id} run={run} />
          ))}
        </ul>
      )}
    </section>
  )
}

function RunLine({ run }: { run: RunSummary }) {
  return (
    <li>
      <Link to={`/codex/runs/${run.id}`} className="list-row">
        <Mark {...outcomeLooks[run.outcome]} />
        <span className="soft cut">by {run.requestedBy}</span>
        <span className="push soft">
          <TickingTime at={run.createdAt} />
        </span>
      </Link>
    </li>
  )
}
