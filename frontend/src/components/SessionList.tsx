import { Button } from '@mantine/core'
import type { Session } from '@sre-toolbox/contract/identity'
import { browserOf } from '../lib/browser-of.ts'
import { useNow } from '../lib/use-now.ts'
import { Time } from './Time.tsx'
import './session-list.css'

/** Where somebody is signed in. */
export function SessionList(props: { sessions: readonly Session[]; onEnd: (session: Session) => void }) {
  const now = useNow(10_000)
  if (props.sessions.length === 0) return <p className="soft">Signed in nowhere.</p>
  return (
    <ul className="sessions">
      {props.sessions.map((session) => (
        <li key={session.id}>
          <div>
            <b title={session.userAgent}>{browserOf(session.userAgent)}</b> from {session.address}{' '}
            {session.current && <span className="tag tag-good">this one</span>}
            <p className="small soft">
              seen <Time at={session.lastSeenAt} now={now} />, signed in{' '}
              <Time at={session.createdAt} now={now} />, ends <Time at={session.expiresAt} now={now} />
            </p>
          </div>
          {!session.current && (
            <Button
              size="compact-xs"
              variant="default"
              className="push"
              aria-label={`End the session of ${browserOf(session.userAgent)} from ${session.address}`}
              onClick={() => props.onEnd(session)}
            >
              End…
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
