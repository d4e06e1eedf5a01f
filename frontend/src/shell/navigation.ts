import type { User } from '@sre-toolbox/contract/identity'
import type { Role } from '@sre-toolbox/contract/roles'
import {
  Activity,
  Blocks,
  BookOpen,
  CalendarClock,
  Drama,
  FilePenLine,
  Gauge,
  Kanban,
  LayoutDashboard,
  ListChecks,
  ListVideo,
  Lock,
  type LucideIcon,
  PackageCheck,
  ScrollText,
  Users,
} from 'lucide-react'
import { may } from '../lib/may.ts'

/** In the order of the sidebar. */
export const sections = ['Workspace', 'Codex', 'Administration'] as const

export interface Page {
  readonly section: (typeof sections)[number]
  readonly title: string
  readonly to: string
  readonly icon: LucideIcon
  readonly access: Role | 'superuser'
  readonly says: string
}

const pages: readonly Page[] = [
  {
    section: 'Workspace',
    title: 'Dashboard',
    to: '/',
    icon: LayoutDashboard,
    access: 'toolkit.user',
    says: 'What needs you now',
  },
  {
    section: 'Workspace',
    title: 'Jobs',
    to: '/jobs',
    icon: Activity,
    access: 'toolkit.user',
    says: 'What runs, ran and failed',
  },
  {
    section: 'Workspace',
    title: 'Schedules',
    to: '/schedules',
    icon: CalendarClock,
    access: 'toolkit.user',
    says: 'What runs by itself, and when',
  },
  {
    section: 'Workspace',
    title: 'Toolkits',
    to: '/toolkits',
    icon: Blocks,
    access: 'toolkit.user',
    says: 'What can be done here',
  },
  {
    section: 'Workspace',
    title: 'Documentation',
    to: '/documentation',
    icon: BookOpen,
    access: 'toolkit.user',
    says: 'How it is done',
  },
  {
    section: 'Codex',
    title: 'Backlog',
    to: '/codex',
    icon: Kanban,
    access: 'toolkit.user',
    says: 'What to do next, who does what, and what was learned',
  },
  {
    section: 'Codex',
    title: 'Task library',
    to: '/codex/tasks',
    icon: ListChecks,
    access: 'toolkit.user',
    says: 'What is done the same way every time, and runs by itself',
  },
  {
    section: 'Codex',
    title: 'Task runs',
    to: '/codex/runs',
    icon: ListVideo,
    access: 'toolkit.user',
    says: 'What ran, what it found, and what waits for an answer',
  },
  {
    section: 'Codex',
    title: 'Prompt studio',
    to: '/codex/prompts',
    icon: FilePenLine,
    access: 'toolkit.user',
    says: 'Compose what agents are told, and check it against this Toolbox',
  },
  {
    section: 'Codex',
    title: 'Personas',
    to: '/codex/personas',
    icon: Drama,
    access: 'toolkit.user',
    says: 'What an agent may do, by the part it plays',
  },
  {
    section: 'Administration',
    title: 'Manage toolkits',
    to: '/admin/toolkits',
    icon: PackageCheck,
    access: 'toolkit.curator',
    says: 'What is installed, what it may reach, and its settings',
  },
  {
    section: 'Administration',
    title: 'Audit log',
    to: '/admin/audit',
    icon: ScrollText,
    access: 'system.admin',
    says: 'Who did what, and whether the record is whole',
  },
  {
    section: 'Administration',
    title: 'Users',
    to: '/admin/users',
    icon: Users,
    access: 'superuser',
    says: 'Who may sign in, and what they may do',
  },
  {
    section: 'Administration',
    title: 'Secrets',
    to: '/admin/secrets',
    icon: Lock,
    access: 'superuser',
    says: 'Which values are stored, never what they are',
  },
  {
    section: 'Administration',
    title: 'Runtime',
    to: '/admin/runtime',
    icon: Gauge,
    access: 'toolkit.curator',
    says: 'What runs, how it is, and what browsers could not load',
  },
]

/** The pages that this person may open. */
export function pagesFor(user: User): readonly Page[] {
  return pages.filter(({ access }) => may(user, access))
}
