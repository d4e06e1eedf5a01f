import { Checkbox, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { addWorkspace } from '@sre-toolbox/contract/codex/workspaces'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useApp } from '../../lib/app-context.ts'
import { plural } from '../../lib/format.ts'

export function AddWorkspace({ onClose }: { onClose: () => void }) {
  const { api, queries } = useApp()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [directory, setDirectory] = useState('')
  const [initialise, setInitialise] = useState(false)
  const add = useMutation({
    mutationFn: () => api.call(addWorkspace, { name: name.trim(), directory: directory.trim(), initialise }),
    onSuccess: ({ workspace, created }) => {
      if (created.length > 0)
        notifications.show({ message: `Made ${plural(created.length, 'file')}: ${created.join(', ')}` })
      onClose()
      void navigate(`/codex/workspaces/${workspace.id}`)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['codex'] }),
  })
  return (
    <ConfirmDialog
      opened
      title="Register a workspace"
      confirm="Register it"
      cancel="Cancel"
      busy={add.isPending}
      error={add.error}
      disabled={name.trim() === '' || directory.trim() === ''}
      onClose={onClose}
      onConfirm={() => add.mutate()}
    >
      <TextInput
        label="Name"
        required
        maxLength={100}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label="Directory"
        description="absolute, on the server; where several processes serve, all of them must see it"
        placeholder="/srv/repositories/payments"
        required
        spellCheck={false}
        value={directory}
        onChange={({ currentTarget }) => setDirectory(currentTarget.value)}
      />
      <Checkbox
        label="Make the codex's files where they are missing"
        description="docs/TODO.yaml, ai/ and the merge driver of this clone; what is there stays as it is"
        checked={initialise}
        onChange={({ currentTarget }) => setInitialise(currentTarget.checked)}
      />
    </ConfirmDialog>
  )
}
