import type { CodexSession } from '@sre-toolbox/contract/codex/sessions'
import { Link, useParams } from 'react-router'
import { TickingTime } from '../../components/Time.tsx'
import { useUser } from '../../lib/app-context.ts'
import { LeaseLeft } from './Claim.tsx'
import { ClaimTask } from './ClaimTask.tsx'
import { SessionMark } from './SessionMark.tsx'

/** Who holds what, and the way to take it over. */
export function OtherSession({ session, byCommandLine }: { session: CodexSession; byCommandLine: boolean }) {
  const { workspaceId = '' } = useParams()
  const { username } = useUser()
  const { id, task, title, actor, until, why, updatedAt, summary } = session
  const claim = { session: id, actor, until }
  return (
    <li className="other-session">
      <div className="row wrap">
        <Link
          to={`/codex/workspaces/${workspaceId}?task=${encodeURIComponent(task)}`}
          className="strong-link"
        >
          {title}
        </Link>
      </div>
      <p className="row wrap small">
        <SessionMark session={session} />
        <span>{actor}</span>
        <LeaseLeft until={until} />
        {byCommandLine && <span className="tag tag-mute">this checkout's command line</span>}
      </p>
      <p className="small soft">{summary || why}</p>
      <div className="row wrap">
        <span className="small soft">
          last step <TickingTime at={updatedAt} />
        </span>
        {actor === username && !byCommandLine ? (
          <Link to={`?session=${id}`} className="push">
            Go on with it
          </Link>
        ) : (
          <span className="push">
            <ClaimTask task={{ task, title, status: 'in_progress', claim }} />
          </span>
        )}
      </div>
    </li>
  )
}
