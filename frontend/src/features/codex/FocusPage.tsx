import type { CodexSession } from '@sre-toolbox/contract/codex/sessions'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { useApp, useUser } from '../../lib/app-context.ts'
import { sessionQuery, sessionsQuery, workspaceQuery } from './codex-queries.ts'
import { EndedSessions } from './EndedSessions.tsx'
import { OpenSession } from './OpenSession.tsx'
import { OtherSession } from './OtherSession.tsx'
import './focus.css'

/** What is being worked on: one's own session with all its steps, and what others hold. */
export function FocusPage() {
  const { workspaceId = '' } = useParams()
  const { api } = useApp()
  const { username } = useUser()
  const [search, setSearch] = useSearchParams()
  const [shown, setShown] = useState<string | null>(null)
  const { data: workspace } = useQuery(workspaceQuery(api, workspaceId))
  const { data, error, refetch } = useQuery(sessionsQuery(api, { workspaceId, open: 'true', limit: 200 }))
  const seen = useQuery({ ...sessionQuery(api, workspaceId, shown ?? ''), enabled: shown !== null }).data
    ?.session
  if (error && !data)
    return <Failure error={error} what="The sessions can't be listed" retry={() => void refetch()} />
  if (!data) return <Loading what="the sessions" lines={8} />
  const agent = workspace?.status?.focus
  const mine = data.items.filter(({ id, actor }) => actor === username && id !== agent?.id)
  const wanted = search.get('session')
  // Whose session is taken from them keeps it before them, with what they were typing, until they have seen that.
  const held = seen?.id === shown && (seen?.open || isTakenFrom(seen)) ? seen : undefined
  const focus = mine.find(({ id }) => id === wanted) ?? held ?? mine[0]
  if (focus && focus.id !== shown) setShown(focus.id)
  const others = data.items.filter(({ id }) => id !== focus?.id)
  function leave() {
    setShown(null)
    setSearch({}, { replace: true })
  }
  return (
    <div className="focus">
      <div className="stack">
        {focus ? (
          <OpenSession
            key={focus.id}
            session={focus}
            taken={isTakenFrom(focus) && { by: data.items.find(({ id }) => id === focus.takenOverBy), leave }}
          />
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

const isTakenFrom = (session: CodexSession | undefined) => session != null && session.takenOverBy !== null

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
