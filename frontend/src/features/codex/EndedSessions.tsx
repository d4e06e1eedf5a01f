import { Button, CopyButton, Modal } from '@mantine/core'
import type { CodexSession } from '@sre-toolbox/contract/codex/sessions'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { MarkdownText } from '../../components/markdown/MarkdownText.tsx'
import { Failure, Loading } from '../../components/states.tsx'
import { TickingTime } from '../../components/Time.tsx'
import { useApp } from '../../lib/app-context.ts'
import { pullRequestQuery, sessionsQuery } from './codex-queries.ts'
import { SessionMark } from './SessionMark.tsx'

/** What ended last; what is done has the body of its pull request. */
export function EndedSessions() {
  const { workspaceId = '' } = useParams()
  const { api } = useApp()
  const [shown, setShown] = useState<CodexSession | null>(null)
  const { data, error, refetch } = useQuery(sessionsQuery(api, { workspaceId, open: 'false', limit: 12 }))
  return (
    <section className="card" aria-label="Ended lately">
      <header className="list-header">
        <h2>Ended lately</h2>
      </header>
      {error && !data ? (
        <Failure error={error} what="The sessions can't be listed" retry={() => void refetch()} />
      ) : !data ? (
        <Loading what="ended sessions" lines={3} />
      ) : data.items.length === 0 ? (
        <p className="soft focus-none">No session has ended yet.</p>
      ) : (
        <ul className="list-rows">
          {data.items.map((session) => (
            <li key={session.id} className="ended-session">
              <SessionMark session={session} />
              <div>
                <Link
                  to={`/codex/workspaces/${workspaceId}?task=${encodeURIComponent(session.task)}`}
                  className="strong-link"
                >
                  {session.title}
                </Link>
                <p className="small soft">
                  {session.actor} <TickingTime at={session.updatedAt} />
                  {session.summary && `: ${session.summary}`}
                </p>
              </div>
              {session.state === 'done' && (
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={`Pull request for ${session.title}`}
                  onClick={() => setShown(session)}
                >
                  Pull request
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {shown && <PullRequest session={shown} onClose={() => setShown(null)} />}
    </section>
  )
}

function PullRequest({ session, onClose }: { session: CodexSession; onClose: () => void }) {
  const { workspaceId = '' } = useParams()
  const { api } = useApp()
  const [area = '', task = ''] = session.task.split('/')
  const { data, error, refetch } = useQuery(pullRequestQuery(api, workspaceId, area, task))
  return (
    <Modal opened onClose={onClose} size="xl" title={`Pull request: ${session.title}`}>
      {error ? (
        <Failure error={error} what="It can't be made" retry={() => void refetch()} />
      ) : !data ? (
        <Loading what="the pull request" />
      ) : (
        <div className="stack">
          <CopyButton value={data.body}>
            {({ copied, copy }) => (
              <div>
                <Button onClick={copy}>{copied ? 'Copied' : 'Copy as Markdown'}</Button>
              </div>
            )}
          </CopyButton>
          <MarkdownText text={data.body} />
        </div>
      )}
    </Modal>
  )
}
