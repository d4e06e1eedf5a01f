import { Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Fragment, useContext } from 'react'
import { NavLink, useLocation } from 'react-router'
import { PagesContext, useApp } from '../lib/app-context.ts'
import { countsQuery, toolkitsQuery } from '../lib/queries.ts'
import { type Page, sections } from './navigation.ts'

/** Every page that this person may open, section by section, with the toolkits after the workspace. */
export function PageLinks({ pages, narrow = false }: { pages: readonly Page[]; narrow?: boolean }) {
  const { api } = useApp()
  const { isPending } = useQuery({ ...toolkitsQuery(api), enabled: pages.length > 0 })
  // What comes below the toolkits would move down when they come.
  const known = isPending && !narrow ? sections.slice(0, 1) : sections
  return known.map((section) => (
    <Fragment key={section}>
      <PageSection title={section} pages={pages.filter((page) => page.section === section)} narrow={narrow} />
      {section === 'Workspace' && pages.length > 0 && !narrow && <ToolkitLinks />}
    </Fragment>
  ))
}

function PageSection({ title, pages, narrow }: { title: string; pages: readonly Page[]; narrow: boolean }) {
  if (pages.length === 0) return null
  return (
    <div className="nav-group">
      {title !== sections[0] && !narrow && <h2>{title}</h2>}
      <ul>
        {pages.map((page) => (
          <li key={page.to}>
            <Tooltip label={page.title} position="right" disabled={!narrow}>
              <PageLink page={page} />
            </Tooltip>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Extra attributes come from what wraps it, such as a tooltip. */
export function PageLink({ page, ...wrapped }: { page: Page }) {
  const { to, title, icon: Icon } = page
  const pages = useContext(PagesContext)
  const { pathname } = useLocation()
  const isBelow = (above: string) => pathname === above || pathname.startsWith(`${above}/`)
  // Of two pages, one below the other, only the one that is open is marked.
  const another = pages.some((each) => each.to.startsWith(`${to}/`) && isBelow(each.to))
  return (
    <NavLink {...wrapped} to={to} end={another || to === '/' || to === '/toolkits'} className="nav-item">
      <Icon size={16} aria-hidden="true" />
      <span className="sidebar-word">{title}</span>
      {to === '/jobs' && <RunningJobs />}
    </NavLink>
  )
}

function RunningJobs() {
  const { api } = useApp()
  const { data } = useQuery(countsQuery(api))
  const active = data ? data.counts.running + data.counts.queued + data.counts.cancelling : 0
  if (active === 0) return null
  return (
    <span className="nav-count number">
      {active}
      <span className="hidden-text"> running or queued</span>
    </span>
  )
}

function ToolkitLinks() {
  const { api } = useApp()
  const { data } = useQuery(toolkitsQuery(api))
  const enabled = data?.items.filter((toolkit) => toolkit.enabled) ?? []
  if (enabled.length === 0) return null
  return (
    <div className="nav-group">
      <h2>Toolkits</h2>
      <ul>
        {enabled.map(({ slug, name, health }) => (
          <li key={slug}>
            <NavLink to={`/toolkits/${slug}`} className="nav-item">
              <span className="cut">{name}</span>
              {(health.status === 'degraded' || health.status === 'unhealthy') && (
                <span className={`nav-alarm nav-alarm-${health.status}`}>
                  <span aria-hidden="true">!</span>
                  <span className="hidden-text">{health.status}</span>
                </span>
              )}
            </NavLink>
          </li>
        ))}
      </ul>
    </div>
  )
}
