import { ActionIcon, Tooltip } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { NavLink } from 'react-router'
import { useApp } from '../lib/app-context.ts'
import { countsQuery, toolkitsQuery } from '../lib/queries.ts'
import { type Page, sections } from './navigation.ts'

export function Sidebar({ pages }: { pages: readonly Page[] }) {
  const [narrow, setNarrow] = useLocalStorage({ key: 'sidebar-narrow', defaultValue: false })
  const Toggle = narrow ? PanelLeftOpen : PanelLeftClose
  const toggleLabel = narrow ? 'Widen the sidebar' : 'Narrow the sidebar'
  return (
    <aside className="sidebar" data-narrow={narrow}>
      <NavLink to="/" className="brand" aria-label="SRE Toolbox, dashboard">
        <img src="/mark.svg" alt="" width="22" height="22" />
        <span className="sidebar-word">SRE Toolbox</span>
      </NavLink>
      <nav aria-label="Pages">
        {sections.map((section) => (
          <Section
            key={section}
            title={section}
            pages={pages.filter((page) => page.section === section)}
            narrow={narrow}
          />
        ))}
      </nav>
      {pages.length > 0 && !narrow && <ToolkitLinks />}
      <Tooltip label={toggleLabel} position="right">
        <ActionIcon className="sidebar-toggle" aria-label={toggleLabel} onClick={() => setNarrow(!narrow)}>
          <Toggle size={16} />
        </ActionIcon>
      </Tooltip>
    </aside>
  )
}

function Section({ title, pages, narrow }: { title: string; pages: readonly Page[]; narrow: boolean }) {
  if (pages.length === 0) return null
  return (
    <>
      {title !== 'Workspace' && <h2>{title}</h2>}
      <ul>
        {pages.map(({ title, to, icon: Icon }) => (
          <li key={to}>
            <Tooltip label={title} position="right" disabled={!narrow}>
              <NavLink to={to} end={to === '/' || to === '/toolkits'} className="nav-item">
                <Icon size={16} aria-hidden="true" />
                <span className="sidebar-word">{title}</span>
                {to === '/jobs' && <RunningJobs />}
              </NavLink>
            </Tooltip>
          </li>
        ))}
      </ul>
    </>
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
    <nav aria-label="Toolkits" className="nav-toolkits">
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
    </nav>
  )
}
