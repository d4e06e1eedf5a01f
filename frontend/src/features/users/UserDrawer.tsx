import { Button, Drawer } from '@mantine/core'
import { type Account, listSessions, type Session } from '@sre-toolbox/contract/identity'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { Fact } from '../../components/Fact.tsx'
import { SessionList } from '../../components/SessionList.tsx'
import { ShortId } from '../../components/ShortId.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { TickingTime } from '../../components/Time.tsx'
import { useApp } from '../../lib/app-context.ts'
import { DisableUser, EditRoles, EditUser, EnableUser, EndSession, ResetPassword } from './ChangeDialogs.tsx'
import { RoleTags, UserState } from './UserState.tsx'
import { useOneUser } from './use-users.ts'

const dialogs = {
  edit: EditUser,
  roles: EditRoles,
  password: ResetPassword,
  disable: DisableUser,
  enable: EnableUser,
}

/** One user with all that can be done about them. */
export function UserDrawer({ username, onClose }: { username: string; onClose: () => void }) {
  const { data: user, error, refetch } = useOneUser(username)
  return (
    <Drawer opened onClose={onClose} position="right" size={520} title={user?.displayName ?? username}>
      {error ? (
        <Failure error={error} what="This user can't be shown" retry={() => void refetch()} />
      ) : user === undefined ? (
        <Loading what="the user" />
      ) : user === null ? (
        <Empty title={`Nobody is called ${username}`} />
      ) : (
        <Detail user={user} />
      )}
    </Drawer>
  )
}

function Detail({ user }: { user: Account }) {
  const { api } = useApp()
  const [dialog, setDialog] = useState<keyof typeof dialogs | Session | null>(null)
  const close = () => setDialog(null)
  const Dialog = typeof dialog === 'string' ? dialogs[dialog] : null
  const sessions = useQuery({
    queryKey: ['users', 'sessions', user.id],
    queryFn: ({ signal }) => api.call(listSessions, { userId: user.id }, { signal }),
  })
  return (
    <div className="stack">
      <dl className="facts">
        <Fact name="State">
          <UserState user={user} />
        </Fact>
        <Fact name="User name">
          {user.username} <ShortId id={user.id} what="user" />
        </Fact>
        <Fact name="E-mail">{user.email ?? <span className="soft">none</span>}</Fact>
        <Fact name="Signs in by">
          {user.provider === 'local' ? 'password kept here' : user.provider}
          {user.passwordGiven && <span className="soft">, given to them and not replaced yet</span>}
        </Fact>
        <Fact name="Roles">
          <RoleTags user={user} />
        </Fact>
        <Fact name="Last sign-in">{user.lastLoginAt ? <TickingTime at={user.lastLoginAt} /> : 'never'}</Fact>
        <Fact name="Added">
          <TickingTime at={user.createdAt} />
        </Fact>
      </dl>
      <div className="row wrap">
        <Button variant="default" onClick={() => setDialog('roles')}>
          Roles…
        </Button>
        <Button variant="default" onClick={() => setDialog('edit')}>
          Name and e-mail…
        </Button>
        {user.provider === 'local' && (
          <Button variant="default" onClick={() => setDialog('password')}>
            New password…
          </Button>
        )}
        {user.disabled ? (
          <Button onClick={() => setDialog('enable')}>Enable…</Button>
        ) : (
          <Button color="red" variant="light" onClick={() => setDialog('disable')}>
            Disable…
          </Button>
        )}
      </div>
      <section aria-label="Sessions">
        <h2>Sessions</h2>
        {sessions.error ? (
          <Failure
            error={sessions.error}
            what="The sessions can't be listed"
            retry={() => void sessions.refetch()}
          />
        ) : !sessions.data ? (
          <Loading what="sessions" lines={3} />
        ) : (
          <SessionList sessions={sessions.data.items} onEnd={setDialog} />
        )}
      </section>
      <Link to={`/admin/audit?actor=${encodeURIComponent(user.username)}`}>What {user.username} did</Link>
      {Dialog && <Dialog user={user} onClose={close} />}
      {dialog !== null && typeof dialog === 'object' && (
        <EndSession user={user} session={dialog} onClose={close} />
      )}
    </div>
  )
}
