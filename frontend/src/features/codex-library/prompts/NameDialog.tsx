import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { ConfirmDialog } from '../../../components/ConfirmDialog.tsx'

/** As the server takes it: the name of a file in `ai/prompts`, without `.md`. */
const fits = /^[^/\\\p{Cc}.][^/\\\p{Cc}]{0,99}$/u

/** What a prompt is to be called. */
export function NameDialog(props: {
  title: string
  confirm: string
  initial: string
  busy: boolean
  error: Error | null
  onName: (name: string) => void
  onClose: () => void
}) {
  const [name, setName] = useState(props.initial)
  const wrong = name !== '' && !fits.test(name)
  return (
    <ConfirmDialog
      opened
      title={props.title}
      confirm={props.confirm}
      cancel="Cancel"
      busy={props.busy}
      error={props.error}
      disabled={name === '' || wrong}
      onClose={props.onClose}
      onConfirm={() => props.onName(name)}
    >
      <TextInput
        label="Name"
        description="of its file in ai/prompts, without .md"
        required
        value={name}
        error={wrong && 'No slashes, no leading dot, at most 100 characters.'}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        data-autofocus
      />
    </ConfirmDialog>
  )
}
