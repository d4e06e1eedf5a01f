import { Button, Drawer } from '@mantine/core'
import { type Account, listSessions, type Session } from '@sre-toolbox/contract/identity'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
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
        <div>
          <dt>State</dt>
          <dd>
            <UserState user={user} />
          </dd>
        </div>
        <div>
          <dt>User name</dt>
          <dd>
            {user.username} <ShortId id={user.id} what="user" />
          </dd>
        </div>
        <div>
          <dt>E-mail</dt>
          <dd>{user.email ?? <span className="soft">none</span>}</dd>
        </div>
        <div>
          <dt>Signs in by</dt>
          <dd>{user.provider === 'local' ? 'password kept here' : user.provider}</dd>
        </div>
        <div>
          <dt>Roles</dt>
          <dd>
            <RoleTags user={user} />
          </dd>
        </div>
        <div>
          <dt>Last sign-in</dt>
          <dd>{user.lastLoginAt ? <TickingTime at={user.lastLoginAt} /> : 'never'}</dd>
        </div>
        <div>
          <dt>Added</dt>
          <dd>
            <TickingTime at={user.createdAt} />
          </dd>
        </div>
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
