import { Menu } from '@mantine/core'
import type { Workspace } from '@sre-toolbox/contract/codex/workspaces'
import { useQuery } from '@tanstack/react-query'
import { Check, ChevronsUpDown, FolderCog } from 'lucide-react'
import { Link } from 'react-router'
import { useApp } from '../../lib/app-context.ts'
import { workspacesQuery } from './codex-queries.ts'

export function WorkspacePicker({ workspace }: { workspace: Workspace }) {
  const { api } = useApp()
  const { data } = useQuery(workspacesQuery(api))
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className="workspace-picker">
          {workspace.name}
          <ChevronsUpDown size={14} aria-hidden="true" />
          <span className="hidden-text">, choose a workspace</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {data?.items.map(({ id, name }) => (
          <Menu.Item
            key={id}
            component={Link}
            to={`/codex/workspaces/${id}`}
            rightSection={id === workspace.id && <Check size={13} />}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/codex/workspaces" leftSection={<FolderCog size={13} />}>
          Workspaces and their health
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
