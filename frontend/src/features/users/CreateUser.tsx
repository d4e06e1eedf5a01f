import { TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { createUser, usernameShape } from '@sre-toolbox/contract/identity'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { NewPassword } from '../../components/NewPassword.tsx'
import { isSaid, SummaryField } from '../../components/SummaryField.tsx'
import { faultAt, faultBeside } from '../../lib/api.ts'
import { useApp } from '../../lib/app-context.ts'
import { shortestPassword } from '../../lib/make-password.ts'
import { shapeFault } from '../../lib/shape-fault.ts'
import { type Rights, RoleFields } from './RoleFields.tsx'
import { useUserChange } from './use-users.ts'

const nobody = { username: '', displayName: '', email: '', password: '', made: '', summary: '' }

export function CreateUser({ onClose }: { onClose: () => void }) {
  const { api } = useApp()
  const [typed, setTyped] = useState(nobody)
  const [rights, setRights] = useState<Rights>({ roles: ['toolkit.user'], superuser: false })
  const set = (change: Partial<typeof nobody>) => setTyped({ ...typed, ...change })
  const misnamed = shapeFault(
    typed.username.trim().toLowerCase(),
    usernameShape,
    'Letters, digits and . _ @ - alone, a letter or digit first.',
  )
  const create = useUserChange(
    async () => {
      const { username, displayName, email, password, summary } = typed
      await api.call(createUser, {
        username,
        password,
        ...(displayName.trim() && { displayName }),
        ...(email.trim() && { email: email.trim() }),
        roles: [...rights.roles],
        superuser: rights.superuser,
        summary,
      })
    },
    () => {
      notifications.show({ title: 'Added', message: `${typed.username} can sign in now.` })
      onClose()
    },
  )
  return (
    <ConfirmDialog
      opened
      title="Add a user"
      confirm="Add the user"
      cancel="Cancel"
      busy={create.isPending}
      error={faultBeside(create.error, ['username', 'displayName', 'email'])}
      disabled={
        typed.username.trim() === '' ||
        misnamed !== undefined ||
        typed.password.length < shortestPassword ||
        !isSaid(typed.summary)
      }
      onClose={onClose}
      onConfirm={() => create.mutate(undefined)}
    >
      <TextInput
        label="User name"
        description="letters, digits, . _ @ -"
        required
        autoComplete="off"
        spellCheck={false}
        value={typed.username}
        error={misnamed ?? faultAt(create.error, 'username')}
        onChange={({ currentTarget }) => set({ username: currentTarget.value })}
        data-autofocus
      />
      <TextInput
        label="Display name"
        autoComplete="off"
        value={typed.displayName}
        error={faultAt(create.error, 'displayName')}
        onChange={({ currentTarget }) => set({ displayName: currentTarget.value })}
      />
      <TextInput
        label="E-mail"
        type="email"
        autoComplete="off"
        value={typed.email}
        error={faultAt(create.error, 'email')}
        onChange={({ currentTarget }) => set({ email: currentTarget.value })}
      />
      <NewPassword
        label="Password"
        value={typed.password}
        made={typed.made}
        onChange={(password, made) => set({ password, made })}
      />
      <RoleFields value={rights} onChange={setRights} />
      <SummaryField value={typed.summary} onChange={(summary) => set({ summary })} />
    </ConfirmDialog>
  )
}
