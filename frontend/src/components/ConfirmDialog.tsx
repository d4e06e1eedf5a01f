import { Button, Modal } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'

/** Asks before something happens; says what failed and stays open when the server refuses. */
export function ConfirmDialog(props: {
  opened: boolean
  title: string
  confirm: string
  /** `Keep as it is` when not given. */
  cancel?: string
  danger?: boolean
  busy: boolean
  error: Error | null
  disabled?: boolean
  onClose: () => void
  onConfirm: () => void
  children: ReactNode
}) {
  function submit(event: FormEvent) {
    event.preventDefault()
    props.onConfirm()
  }
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} centered>
      <form onSubmit={submit} className="stack">
        {props.children}
        {props.error && (
          <p role="alert" className="form-error">
            {props.error.message}
          </p>
        )}
        <div className="row">
          <Button variant="default" className="push" onClick={props.onClose}>
            {props.cancel ?? 'Keep as it is'}
          </Button>
          <Button
            type="submit"
            color={props.danger ? 'red' : 'blue'}
            loading={props.busy}
            disabled={props.disabled ?? false}
          >
            {props.confirm}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
