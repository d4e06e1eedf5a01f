import { ActionIcon, Tooltip } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { NavLink } from 'react-router'
import type { Page } from './navigation.ts'
import { PageLinks } from './PageLinks.tsx'

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
      <nav aria-label="Pages" className="nav-sections">
        <PageLinks pages={pages} narrow={narrow} />
      </nav>
      <Tooltip label={toggleLabel} position="right">
        <ActionIcon className="sidebar-toggle" aria-label={toggleLabel} onClick={() => setNarrow(!narrow)}>
          <Toggle size={16} />
        </ActionIcon>
      </Tooltip>
    </aside>
  )
}
