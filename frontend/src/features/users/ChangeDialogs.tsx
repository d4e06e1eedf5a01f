import { TextInput } from '@mantine/core'
import {
  type Account,
  disableUser,
  revokeSession,
  type Session,
  setUserRoles,
  updateUser,
} from '@sre-toolbox/contract/identity'
import { type ReactNode, useState } from 'react'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { NewPassword } from '../../components/NewPassword.tsx'
import { isSaid, SummaryField } from '../../components/SummaryField.tsx'
import { useApp } from '../../lib/app-context.ts'
import { shortestPassword } from '../../lib/make-password.ts'
import { type Rights, RoleFields } from './RoleFields.tsx'
import { useUserChange } from './use-users.ts'

interface Props {
  readonly user: Account
  readonly onClose: () => void
}

/** A change to a user, with why it is made. */
function ChangeDialog(props: {
  title: string
  confirm: string
  danger?: boolean
  ready?: boolean
  send: (summary: string) => Promise<unknown>
  onClose: () => void
  children: ReactNode
}) {
  const { title, confirm, danger = false, ready = true, send, onClose, children } = props
  const [summary, setSummary] = useState('')
  const change = useUserChange(send, onClose)
  return (
    <ConfirmDialog
      opened
      title={title}
      confirm={confirm}
      danger={danger}
      busy={change.isPending}
      error={change.error}
      disabled={!ready || !isSaid(summary)}
      onClose={onClose}
      onConfirm={() => change.mutate(summary)}
    >
      {children}
      <SummaryField value={summary} onChange={setSummary} />
    </ConfirmDialog>
  )
}

export function EditUser({ user, onClose }: Props) {
  const { api } = useApp()
  const [displayName, setDisplayName] = useState(user.displayName)
  const [email, setEmail] = useState(user.email ?? '')
  return (
    <ChangeDialog
      title={`Change ${user.username}`}
      confirm="Save"
      ready={displayName.trim() !== ''}
      send={(summary) =>
        api.call(updateUser, { userId: user.id, displayName, email: email.trim() || null, summary })
      }
      onClose={onClose}
    >
      <TextInput
        label="Display name"
        required
        value={displayName}
        onChange={({ currentTarget }) => setDisplayName(currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label="E-mail"
        type="email"
        value={email}
        onChange={({ currentTarget }) => setEmail(currentTarget.value)}
      />
    </ChangeDialog>
  )
}

export function EditRoles({ user, onClose }: Props) {
  const { api } = useApp()
  const [rights, setRights] = useState<Rights>(user)
  async function send(summary: string) {
    const { id: userId } = user
    if (rights.superuser !== user.superuser)
      await api.call(updateUser, { userId, superuser: rights.superuser, summary })
    if (rights.roles.join() !== user.roles.join())
      await api.call(setUserRoles, { userId, roles: [...rights.roles], summary })
  }
  return (
    <ChangeDialog
      title={`Roles of ${user.username}`}
      confirm="Set the roles"
      ready={rights.superuser !== user.superuser || rights.roles.join() !== user.roles.join()}
      send={send}
      onClose={onClose}
    >
      <p>They count from the next request on, for sessions and API tokens alike.</p>
      <RoleFields value={rights} onChange={setRights} />
    </ChangeDialog>
  )
}

export function ResetPassword({ user, onClose }: Props) {
  const { api } = useApp()
  const [password, setPassword] = useState({ value: '', made: '' })
  return (
    <ChangeDialog
      title={`New password for ${user.username}`}
      confirm="Set the password"
      danger
      ready={password.value.length >= shortestPassword}
      send={(summary) => api.call(updateUser, { userId: user.id, password: password.value, summary })}
      onClose={onClose}
    >
      <p>The old one stops working, and all sessions end. API tokens stay.</p>
      <NewPassword
        label="New password"
        value={password.value}
        made={password.made}
        onChange={(value, made) => setPassword({ value, made })}
      />
    </ChangeDialog>
  )
}

export function DisableUser({ user, onClose }: Props) {
  const { api } = useApp()
  return (
    <ChangeDialog
      title={`Disable ${user.username}?`}
      confirm="Disable"
      danger
      send={(summary) => api.call(disableUser, { userId: user.id, summary })}
      onClose={onClose}
    >
      <p>
        The next request of {user.displayName} is refused. All sessions end, and all API tokens are revoked
        for good; jobs that run already go on. The user can be enabled again, and then makes new tokens.
      </p>
    </ChangeDialog>
  )
}

export function EnableUser({ user, onClose }: Props) {
  const { api } = useApp()
  return (
    <ChangeDialog
      title={`Enable ${user.username}?`}
      confirm="Enable"
      send={(summary) => api.call(updateUser, { userId: user.id, disabled: false, summary })}
      onClose={onClose}
    >
      <p>
        {user.displayName} can sign in again, with the same password and roles. Revoked API tokens stay
        revoked.
      </p>
    </ChangeDialog>
  )
}

export function EndSession({ user, session, onClose }: Props & { session: Session }) {
  const { api } = useApp()
  return (
    <ChangeDialog
      title={`End this session of ${user.username}?`}
      confirm="End the session"
      danger
      send={(summary) => api.call(revokeSession, { userId: user.id, sessionId: session.id, summary })}
      onClose={onClose}
    >
      <p>
        The next request from {session.address} by it is refused. The user can sign in again; disable the user
        to prevent it.
      </p>
    </ChangeDialog>
  )
}
