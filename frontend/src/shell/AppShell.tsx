import { useHotkeys, useWindowEvent } from '@mantine/hooks'
import { Notifications } from '@mantine/notifications'
import type { User } from '@sre-toolbox/contract/identity'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { Navigate, Outlet, ScrollRestoration, useLocation } from 'react-router'
import { Empty, Failure, Loading } from '../components/states.tsx'
import { ApiError } from '../lib/api.ts'
import { PagesContext, UserContext, useApp } from '../lib/app-context.ts'
import { may } from '../lib/may.ts'
import { meQuery } from '../lib/queries.ts'
import { followChanges } from './follow-changes.ts'
import { pagesFor } from './navigation.ts'
import { PasswordNotice } from './PasswordNotice.tsx'
import { PhoneBar } from './PhoneBar.tsx'
import { SessionExpired } from './SessionExpired.tsx'
import { Sidebar } from './Sidebar.tsx'
import { TopBar } from './TopBar.tsx'
import './app-shell.css'

const loadPalette = () => import('./CommandPalette.tsx')
const CommandPalette = lazy(async () => ({ default: (await loadPalette()).CommandPalette }))

/** Everything behind the sign-in. */
export function AppShell() {
  const { api } = useApp()
  const { data, error, refetch } = useQuery(meQuery(api))
  const { pathname, search } = useLocation()
  if (error instanceof ApiError && error.status === 401) {
    const next = pathname + search === '/' ? '' : `?next=${encodeURIComponent(pathname + search)}`
    return <Navigate to={`/login${next}`} replace />
  }
  if (error)
    return <Failure wholePage error={error} what="SRE Toolbox can't be opened" retry={() => void refetch()} />
  if (!data) return <Loading what="your account" />
  return (
    <UserContext value={data.user}>
      <Frame user={data.user} />
    </UserContext>
  )
}

function Frame({ user }: { user: User }) {
  const app = useApp()
  const [searches, setSearches] = useState(0)
  const openSearch = () => setSearches((times) => times + 1)
  // The stream of changes is for those who may see what changes.
  const follows = may(user, 'toolkit.user')
  useEffect(() => (follows ? followChanges(app) : undefined), [app, follows])
  useHotkeys([['mod+K', openSearch]], [])
  // It is there when the K follows, so that it misses no letter of what is typed next.
  useWindowEvent('keydown', ({ key }) => {
    if (key === 'Control' || key === 'Meta') loadPalette().catch(() => {})
  })

  const pages = useMemo(() => pagesFor(user), [user])
  const reachable = useMemo(() => [...pages, { title: 'Your account', to: '/account' }], [pages])
  const { pathname } = useLocation()
  return (
    <PagesContext value={reachable}>
      <div className="shell">
        <a href="#content" className="skip-link">
          Skip to content
        </a>
        <Sidebar pages={pages} />
        <div className="shell-main">
          <TopBar user={user} isLive={follows} onSearch={openSearch} />
          <PasswordNotice user={user} />
          <main id="content" tabIndex={-1}>
            {pages.length > 0 || pathname === '/account' ? <Outlet /> : <NoRole />}
          </main>
        </div>
        <PhoneBar pages={pages} />
        <Suspense>{searches > 0 && <CommandPalette pages={pages} request={searches} />}</Suspense>
        <SessionExpired user={user} />
        <Notifications position="bottom-right" limit={4} />
        <ScrollRestoration />
      </div>
    </PagesContext>
  )
}

function NoRole() {
  return (
    <Empty wholePage title="You hold no role yet">
      Ask an administrator for the role <code>toolkit.user</code>, then open this page again.
    </Empty>
  )
}
