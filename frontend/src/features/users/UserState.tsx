import type { Account } from '@sre-toolbox/contract/identity'
import { Mark } from '../../components/StatusMark.tsx'
import { exactTime } from '../../lib/format.ts'

/** Whether the user can sign in now. */
export function UserState({ user }: { user: Account }) {
  if (user.disabled) return <Mark tone="mute" shape="slash" word="Disabled" />
  if (user.lockedUntil)
    return (
      <span title={`Too many sign-ins failed; until ${exactTime(user.lockedUntil)}`}>
        <Mark tone="warn" shape="hand" word="Locked out" />
      </span>
    )
  return <Mark tone="good" shape="check" word="Active" />
}

export function RoleTags({ user }: { user: Pick<Account, 'roles' | 'superuser'> }) {
  if (!user.superuser && user.roles.length === 0) return <span className="soft">no role</span>
  return (
    <span className="row wrap">
      {user.superuser && <span className="tag tag-warn">superuser</span>}
      {user.roles.map((role) => (
        <span key={role} className="tag tag-mute">
          {role}
        </span>
      ))}
    </span>
  )
}
