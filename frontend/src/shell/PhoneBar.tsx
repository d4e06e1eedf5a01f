import { Drawer } from '@mantine/core'
import { Menu } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useLocation } from 'react-router'
import type { Page } from './navigation.ts'
import { PageLink, PageLinks } from './PageLinks.tsx'
import './phone-bar.css'

/** As many as fit under a thumb; the rest opens from the last place. */
const places = 3

/** The navigation where there is no room for a sidebar. */
export function PhoneBar({ pages }: { pages: readonly Page[] }) {
  const [open, setOpen] = useState(false)
  const { pathname } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: going anywhere closes it
  useEffect(() => setOpen(false), [pathname])
  if (pages.length === 0) return null
  return (
    <>
      <nav aria-label="Pages" className="phone-bar">
        <ul>
          {pages.slice(0, places).map((page) => (
            <li key={page.to}>
              <PageLink page={page} />
            </li>
          ))}
          <li>
            <button
              type="button"
              className={isOneOf(pages.slice(0, places), pathname) ? 'nav-item' : 'nav-item active'}
              aria-expanded={open}
              onClick={() => setOpen(true)}
            >
              <Menu size={16} aria-hidden="true" />
              More
            </button>
          </li>
        </ul>
      </nav>
      <Drawer opened={open} onClose={() => setOpen(false)} position="bottom" size="80%" title="Pages">
        <nav aria-label="All pages" className="nav-sections">
          <PageLinks pages={pages} />
        </nav>
      </Drawer>
    </>
  )
}

function isOneOf(pages: readonly Page[], pathname: string): boolean {
  return pages.some(({ to }) => pathname === to || (to !== '/' && pathname.startsWith(`${to}/`)))
}
