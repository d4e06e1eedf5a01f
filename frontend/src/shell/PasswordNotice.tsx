import { ActionIcon } from '@mantine/core'
import type { User } from '@sre-toolbox/contract/identity'
import { KeyRound, X } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import './password-notice.css'

/** Until the password is their own; put away, it comes back with the next visit. */
export function PasswordNotice({ user }: { user: User }) {
  const [shown, setShown] = useState(true)
  if (!user.passwordGiven || !shown) return null
  return (
    <aside className="password-notice" aria-label="Your password">
      <KeyRound size={16} aria-hidden="true" />
      <p>
        Somebody else may know your password: it was given to you.{' '}
        <Link to="/account#password">Choose your own</Link>
      </p>
      <ActionIcon aria-label="Not now" onClick={() => setShown(false)}>
        <X size={16} />
      </ActionIcon>
    </aside>
  )
}
