import { Button } from '@mantine/core'
import { type CodexSession, renewClaim, resumeTask } from '@sre-toolbox/contract/codex/sessions'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { TickingTime } from '../../components/Time.tsx'
import { useApp } from '../../lib/app-context.ts'
import { LeaseLeft } from './Claim.tsx'
import { DoneForm } from './DoneForm.tsx'
import { NoteForm } from './NoteForm.tsx'
import { SessionMark } from './SessionMark.tsx'
import { SessionSteps } from './SessionSteps.tsx'
import { StepDialog, type StepKind } from './StepDialog.tsx'
import { useStep } from './use-step.ts'

/** One's own session: why, how long it is held yet, and every step that can be taken. */
export function OpenSession(props: {
  session: CodexSession
  /** Somebody else has the task now. */
  taken: { by: CodexSession | undefined; leave: () => void } | false
}) {
  const { session, taken } = props
  const { workspaceId = '' } = useParams()
  const { api } = useApp()
  const [dialog, setDialog] = useState<StepKind | null>(null)
  const [closing, setClosing] = useState(false)
  const at = { workspaceId, sessionId: session.id }
  const resume = useStep(() => api.call(resumeTask, at))
  const paused = session.state === 'paused'
  return (
    <section className="card pad stack" aria-label="Your session">
      <header className="stack-small">
        <div className="row wrap">
          <h2>{session.title}</h2>
          <SessionMark session={session} />
        </div>
        <p className="row wrap small">
          <Link
            to={`/codex/workspaces/${workspaceId}?task=${encodeURIComponent(session.task)}`}
            className="mono"
          >
            {session.task}
          </Link>
          <span className="soft">
            begun <TickingTime at={session.openedAt} />
          </span>
          <Link to={`/codex/workspaces/${workspaceId}/journal?task=${encodeURIComponent(session.task)}`}>
            its journal
          </Link>
        </p>
        <p>
          <span className="soft">Because</span> {session.why}
        </p>
      </header>
      {taken ? (
        <div role="alert" className="session-taken stack-small">
          <p>
            <b>{taken.by ? `${taken.by.actor} took it over` : 'It was taken over'}</b>
            {taken.by && `: ${taken.by.why}`}
          </p>
          <p>The session has ended, and what you write here is refused. Copy what you have typed.</p>
          <div>
            <Button variant="default" onClick={taken.leave}>
              Leave it
            </Button>
          </div>
        </div>
      ) : (
        <Lease session={session} />
      )}
      {resume.error && (
        <p role="alert" className="form-error">
          {resume.error.message}
        </p>
      )}
      {!taken && (
        <div className="row wrap">
          <Button onClick={() => setClosing(!closing)} aria-expanded={closing}>
            Done…
          </Button>
          {paused ? (
            <Button variant="default" loading={resume.isPending} onClick={() => resume.mutate()}>
              Resume
            </Button>
          ) : (
            <Button variant="default" onClick={() => setDialog('pause')}>
              Pause…
            </Button>
          )}
          <Button variant="default" onClick={() => setDialog('handOver')}>
            Hand over…
          </Button>
          <Button variant="default" onClick={() => setDialog('block')}>
            Blocked…
          </Button>
          <Button variant="default" onClick={() => setDialog('finish')}>
            End the session…
          </Button>
          <Button variant="light" color="red" onClick={() => setDialog('release')}>
            Give it back…
          </Button>
        </div>
      )}
      {closing ? <DoneForm session={() => session.id} /> : <NoteForm session={session} />}
      <SessionSteps sessionId={session.id} />
      {dialog && <StepDialog kind={dialog} session={session} onClose={() => setDialog(null)} />}
    </section>
  )
}

/** How long it is held yet. */
function Lease({ session }: { session: CodexSession }) {
  const { workspaceId = '' } = useParams()
  const { api } = useApp()
  const renew = useStep(() => api.call(renewClaim, { workspaceId, sessionId: session.id }))
  return (
    <>
      <div className="lease">
        <span className="lease-left">
          <LeaseLeft until={session.until} />
        </span>
        <span className="soft small">
          every step renews it; once it has ended, anyone may take the task over
        </span>
        <Button variant="default" className="push" loading={renew.isPending} onClick={() => renew.mutate()}>
          Renew
        </Button>
      </div>
      {renew.error && (
        <p role="alert" className="form-error">
          {renew.error.message}
        </p>
      )}
    </>
  )
}
