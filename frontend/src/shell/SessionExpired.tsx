import { Modal } from '@mantine/core'
import type { User } from '@sre-toolbox/contract/identity'
import { useSyncExternalStore } from 'react'
import { useApp } from '../lib/app-context.ts'
import { SignInForm } from './SignInForm.tsx'

/** Lies over the page, which keeps everything that was typed; what waited for the sign-in then goes on. */
export function SessionExpired({ user }: { user: User }) {
  const { session } = useApp()
  const expired = useSyncExternalStore(session.subscribe, session.expired)
  function enter(signedIn: User) {
    if (signedIn.id === user.id) session.renewed()
    else location.assign('/')
  }
  return (
    <Modal
      opened={expired}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title="Your session has ended"
      centered
    >
      <div className="stack">
        <p>Sign in again to go on. Nothing you typed is lost.</p>
        <SignInForm username={user.username} onDone={enter} />
      </div>
    </Modal>
  )
}
