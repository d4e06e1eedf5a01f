import { useQuery } from '@tanstack/react-query'
import { Navigate } from 'react-router'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Failure, Loading } from '../../components/states.tsx'
import { useApp } from '../../lib/app-context.ts'
import { workspacesQuery } from './codex-queries.ts'
import { lastWorkspace } from './last-workspace.ts'
import { NoWorkspaces } from './NoWorkspaces.tsx'

/** Leads to the workspace that was open last, or to the first. */
export function CodexHome() {
  const { api } = useApp()
  const { data, error, refetch } = useQuery(workspacesQuery(api))
  if (error && !data)
    return (
      <Failure wholePage error={error} what="The workspaces can't be listed" retry={() => void refetch()} />
    )
  if (!data) return <Loading what="the codex" lines={10} />
  const last = lastWorkspace.read()
  const open = data.items.find(({ id }) => id === last) ?? data.items[0]
  if (open) return <Navigate to={`/codex/workspaces/${open.id}`} replace />
  return (
    <>
      <PageHeader title="Codex" />
      <NoWorkspaces />
    </>
  )
}
