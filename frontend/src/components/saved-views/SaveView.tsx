import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { ConfirmDialog } from '../ConfirmDialog.tsx'

export function SaveView(props: {
  /** Names in use. */
  taken: readonly string[]
  busy: boolean
  error: Error | null
  onClose: () => void
  onSave: (name: string) => void
}) {
  const [typed, setTyped] = useState('')
  const name = typed.trim()
  return (
    <ConfirmDialog
      opened
      title="Save these filters as a view"
      confirm={props.taken.includes(name) ? 'Replace' : 'Save'}
      cancel="Cancel"
      busy={props.busy}
      error={props.error}
      disabled={name === ''}
      onClose={props.onClose}
      onConfirm={() => props.onSave(name)}
    >
      <TextInput
        label="Name"
        description={
          props.taken.includes(name)
            ? 'You have a view of this name: it gets these filters.'
            : 'Only you see it, wherever you sign in. To show it to somebody, send the address of this page.'
        }
        value={typed}
        maxLength={60}
        required
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        data-autofocus
      />
    </ConfirmDialog>
  )
}
