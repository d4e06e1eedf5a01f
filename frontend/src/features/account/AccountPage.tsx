import { endMySession, listMySessions, type Session } from '@sre-toolbox/contract/identity'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { Fact } from '../../components/Fact.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { SessionList } from '../../components/SessionList.tsx'
import { Failure, Loading } from '../../components/states.tsx'
import { TickingTime } from '../../components/Time.tsx'
import { useApp, useUser } from '../../lib/app-context.ts'
import { MyTokens } from './MyTokens.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import './account.css'

/** What belongs to the person who is signed in. */
export function AccountPage() {
  const user = useUser()
  return (
    <>
      <PageHeader title="Your account" note={user.displayName} />
      <div className="account">
        <div className="stack">
          <MyTokens />
        </div>
        <div className="stack">
          <WhoAmI />
          {user.provider === 'local' && <PasswordForm />}
          <MySessions />
        </div>
      </div>
    </>
  )
}

function WhoAmI() {
  const { username, email, provider, roles, superuser, lastLoginAt } = useUser()
  return (
    <section className="card pad stack" aria-label="Who you are">
      <h2>Who you are</h2>
      <dl className="facts">
        <Fact name="User name">{username}</Fact>
        <Fact name="E-mail">{email ?? <span className="soft">none</span>}</Fact>
        <Fact name="Signs in by">{provider === 'local' ? 'password kept here' : provider}</Fact>
        <Fact name="May act as">
          {[superuser && 'superuser', ...roles].filter(Boolean).join(', ') || 'nothing yet'}
        </Fact>
        <Fact name="Signed in">{lastLoginAt ? <TickingTime at={lastLoginAt} /> : 'never'}</Fact>
      </dl>
    </section>
  )
}

function MySessions() {
  const { api, queries } = useApp()
  const [ending, setEnding] = useState<Session | null>(null)
  const queryKey = ['me', 'sessions']
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.call(listMySessions, {}, { signal }),
  })
  const end = useMutation({
    mutationFn: ({ id }: Session) => api.call(endMySession, { sessionId: id }),
    onSuccess: () => setEnding(null),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  })
  return (
    <section className="card pad stack" aria-label="Your sessions">
      <h2>Your sessions</h2>
      {error ? (
        <Failure error={error} what="Your sessions can't be listed" retry={() => void refetch()} />
      ) : !data ? (
        <Loading what="your sessions" lines={3} />
      ) : (
        <SessionList
          sessions={data.items}
          onEnd={(session) => {
            end.reset()
            setEnding(session)
          }}
        />
      )}
      {ending && (
        <ConfirmDialog
          opened
          title="End this session?"
          confirm="End the session"
          danger
          busy={end.isPending}
          error={end.error}
          onClose={() => setEnding(null)}
          onConfirm={() => end.mutate(ending)}
        >
          <p>
            Whoever uses it, from {ending.address}, has to sign in again. If that wasn’t you, change your
            password as well: it ends all other sessions.
          </p>
        </ConfirmDialog>
      )}
    </section>
  )
}
