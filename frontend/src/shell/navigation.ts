import type { User } from '@sre-toolbox/contract/identity'
import type { Role } from '@sre-toolbox/contract/roles'
import { Activity, Blocks, LayoutDashboard, type LucideIcon } from 'lucide-react'
import { may } from '../lib/may.ts'

export interface Page {
  readonly title: string
  readonly to: string
  readonly icon: LucideIcon
  readonly role: Role
  readonly says: string
}

const pages: readonly Page[] = [
  {
    title: 'Dashboard',
    to: '/',
    icon: LayoutDashboard,
    role: 'toolkit.user',
    says: 'What needs you now',
  },
  {
    title: 'Jobs',
    to: '/jobs',
    icon: Activity,
    role: 'toolkit.user',
    says: 'What runs, ran and failed',
  },
  {
    title: 'Toolkits',
    to: '/toolkits',
    icon: Blocks,
    role: 'toolkit.user',
    says: 'What can be done here',
  },
]

/** The pages that this person may open. */
export function pagesFor(user: User): readonly Page[] {
  return pages.filter(({ role }) => may(user, role))
}
