import type { CodexSession } from '@sre-toolbox/contract/codex/sessions'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearchParams } from 'react-router'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { useApp, useUser } from '../../lib/app-context.ts'
import { sessionsQuery, workspaceQuery } from './codex-queries.ts'
import { EndedSessions } from './EndedSessions.tsx'
import { OpenSession } from './OpenSession.tsx'
import { OtherSession } from './OtherSession.tsx'
import './focus.css'

/** What is being worked on: one's own session with all its steps, and what others hold. */
export function FocusPage() {
  const { workspaceId = '' } = useParams()
  const { api } = useApp()
  const { username } = useUser()
  const [search] = useSearchParams()
  const { data: workspace } = useQuery(workspaceQuery(api, workspaceId))
  const { data, error, refetch } = useQuery(sessionsQuery(api, { workspaceId, open: 'true', limit: 200 }))
  if (error && !data)
    return <Failure error={error} what="The sessions can't be listed" retry={() => void refetch()} />
  if (!data) return <Loading what="the sessions" lines={8} />
  const agent = workspace?.status?.focus
  const mine = data.items.filter(({ id, actor }) => actor === username && id !== agent?.id)
  const focus = mine.find(({ id }) => id === search.get('session')) ?? mine[0]
  const others = data.items.filter(({ id }) => id !== focus?.id)
  return (
    <div className="focus">
      <div className="stack">
        {focus ? (
          <OpenSession key={focus.id} session={focus} />
        ) : (
          <div className="card">
            <Empty title="You hold no task">
              <Link to={`/codex/workspaces/${workspaceId}`}>Choose one from the backlog</Link>: what is next
              stands at its top. Claim it, and its steps are here.
            </Empty>
          </div>
        )}
        <EndedSessions />
      </div>
      <Others others={others} agent={agent ?? null} />
    </div>
  )
}

function Others({ others, agent }: { others: readonly CodexSession[]; agent: CodexSession | null }) {
  return (
    <section className="card" aria-label="Other open sessions">
      <header className="list-header">
        <h2>Other open sessions</h2>
        <span className="soft number">{others.length}</span>
      </header>
      {others.length === 0 ? (
        <p className="soft focus-none">Nobody else holds a task.</p>
      ) : (
        <ul className="list-rows">
          {others.map((session) => (
            <OtherSession key={session.id} session={session} byCommandLine={session.id === agent?.id} />
          ))}
        </ul>
      )}
    </section>
  )
}
