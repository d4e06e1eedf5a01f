import { Button } from '@mantine/core'
import { removeWorkspace, type Workspace } from '@sre-toolbox/contract/codex/workspaces'
import { useMutation, useQuery } from '@tanstack/react-query'
import { FolderPlus } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { CopyText } from '../../components/CopyText.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Failure, Loading } from '../../components/states.tsx'
import { TickingTime } from '../../components/Time.tsx'
import { useApp, useUser } from '../../lib/app-context.ts'
import { may } from '../../lib/may.ts'
import { AddWorkspace } from './AddWorkspace.tsx'
import { workspacesQuery } from './codex-queries.ts'
import { NoWorkspaces } from './NoWorkspaces.tsx'
import { WorkspaceHealth } from './WorkspaceHealth.tsx'
import './codex.css'

export function WorkspacesPage() {
  const { api } = useApp()
  const user = useUser()
  const [dialog, setDialog] = useState<'add' | Workspace | null>(null)
  const { data, error, refetch } = useQuery(workspacesQuery(api))
  const close = () => setDialog(null)
  const superuser = may(user, 'superuser')
  return (
    <>
      <PageHeader
        title="Workspaces"
        note="Repositories whose backlog and memory are seen and steered here"
        crumbs={[{ title: 'Codex', to: '/codex' }]}
        actions={
          superuser && (
            <Button leftSection={<FolderPlus size={14} />} onClick={() => setDialog('add')}>
              Register a workspace…
            </Button>
          )
        }
      />
      {error && !data ? (
        <Failure error={error} what="The workspaces can't be listed" retry={() => void refetch()} />
      ) : !data ? (
        <Loading what="workspaces" />
      ) : data.items.length === 0 ? (
        <NoWorkspaces />
      ) : (
        <ul className="stack">
          {data.items.map((workspace) => (
            <li key={workspace.id} className="card pad stack-small">
              <div className="row wrap">
                <h2>
                  <Link to={`/codex/workspaces/${workspace.id}`} className="strong-link">
                    {workspace.name}
                  </Link>
                </h2>
                <span className="small soft">
                  registered by {workspace.addedBy.name} <TickingTime at={workspace.addedAt} />
                </span>
                {superuser && (
                  <Button
                    size="compact-xs"
                    variant="light"
                    color="red"
                    className="push"
                    aria-label={`Forget ${workspace.name}`}
                    onClick={() => setDialog(workspace)}
                  >
                    Forget…
                  </Button>
                )}
              </div>
              <div>
                <CopyText text={workspace.directory} what="directory" />
              </div>
              <WorkspaceHealth workspaceId={workspace.id} />
            </li>
          ))}
        </ul>
      )}
      {dialog === 'add' && <AddWorkspace onClose={close} />}
      {dialog !== null && dialog !== 'add' && <Forget workspace={dialog} onClose={close} />}
    </>
  )
}

function Forget({ workspace, onClose }: { workspace: Workspace; onClose: () => void }) {
  const { api, queries } = useApp()
  const remove = useMutation({
    mutationFn: () => api.call(removeWorkspace, { workspaceId: workspace.id }),
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: ['codex'] }),
  })
  return (
    <ConfirmDialog
      opened
      title={`Forget ${workspace.name}?`}
      confirm="Forget it"
      danger
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() => remove.mutate()}
    >
      <p>
        It is no longer shown here. Its files in <code>{workspace.directory}</code> stay as they are, claims
        and journal included; registering the directory again brings all of it back.
      </p>
    </ConfirmDialog>
  )
}
