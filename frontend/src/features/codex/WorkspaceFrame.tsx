import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Link, NavLink, Outlet, useParams } from 'react-router'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Failure, Loading } from '../../components/states.tsx'
import { useApp } from '../../lib/app-context.ts'
import { plural } from '../../lib/format.ts'
import { CheckoutFacts } from './CheckoutFacts.tsx'
import { workspaceQuery } from './codex-queries.ts'
import { lastWorkspace } from './last-workspace.ts'
import { WorkspacePicker } from './WorkspacePicker.tsx'
import '../../components/status-mark.css'
import './codex.css'

/** The pages of a workspace below its address; each is a route of its own. */
const tabs = [
  { title: 'Backlog', to: '' },
  { title: 'Focus', to: '/focus' },
  { title: 'Journal', to: '/journal' },
  { title: 'Prompts', to: '/prompts' },
] as const

/** What all pages of a workspace share: which one it is, how its checkout is, and where else to go. */
export function WorkspaceFrame() {
  const { workspaceId = '' } = useParams()
  const { api } = useApp()
  const { data, error, refetch } = useQuery(workspaceQuery(api, workspaceId))
  const found = data !== undefined
  useEffect(() => {
    if (found) lastWorkspace.keep(workspaceId)
  }, [found, workspaceId])
  if (error && !data)
    return (
      <Failure
        wholePage
        error={error}
        what="This workspace can't be shown"
        retry={() => void refetch()}
        back={{ title: 'All workspaces', to: '/codex/workspaces' }}
      />
    )
  if (!data) return <Loading what="the workspace" lines={10} />
  const address = `/codex/workspaces/${workspaceId}`
  const wrong = data.ailments.length + data.findings.filter(({ severity }) => severity !== 'hint').length
  return (
    <>
      <PageHeader
        title={data.workspace.name}
        heading={<WorkspacePicker workspace={data.workspace} />}
        crumbs={[
          { title: 'Codex', to: '/codex' },
          { title: 'Workspaces', to: '/codex/workspaces' },
        ]}
        note={
          <span className="row wrap">
            <CheckoutFacts workspaceId={workspaceId} />
            {!data.writable && (
              <Link to="/codex/workspaces" className="tag tag-warn">
                read-only
              </Link>
            )}
            {wrong > 0 && (
              <Link to="/codex/workspaces" className="tag tag-warn">
                {plural(wrong, 'thing')} to put right
              </Link>
            )}
          </span>
        }
      />
      <nav aria-label="Workspace" className="workspace-tabs">
        {tabs.map(({ title, to }) => (
          <NavLink key={title} to={`${address}${to}`} end={to === ''} className="workspace-tab">
            {title}
          </NavLink>
        ))}
      </nav>
      <Outlet />
    </>
  )
}
