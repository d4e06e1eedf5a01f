import type { Role } from '@sre-toolbox/contract/roles'
import type { ReactNode } from 'react'
import { useUser } from '../lib/app-context.ts'
import { may } from '../lib/may.ts'
import { PageHeader } from './PageHeader.tsx'
import { Empty } from './states.tsx'

/** Says which role is missing instead of asking the server for what it would refuse. */
export function NeedsAccess(props: {
  access: Role | 'superuser'
  /** Of the page; a part of a page has none. */
  title?: string
  children: ReactNode
}) {
  const user = useUser()
  if (may(user, props.access)) return props.children
  return (
    <>
      {props.title && <PageHeader title={props.title} />}
      <div className="card">
        <Empty title={`You need the role ${props.access}`}>
          You hold {user.roles.length > 0 ? user.roles.join(', ') : 'no role'}. Ask an administrator for it,
          then open this again.
        </Empty>
      </div>
    </>
  )
}
