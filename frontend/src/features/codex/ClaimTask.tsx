import { Button, Textarea } from '@mantine/core'
import type { BacklogTask } from '@sre-toolbox/contract/codex/backlog'
import { startTask } from '@sre-toolbox/contract/codex/sessions'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useApp, useUser } from '../../lib/app-context.ts'

/** Offers to claim a task that nobody holds, or that one's lease has ended. */
export function ClaimTask({ task }: { task: Pick<BacklogTask, 'task' | 'title' | 'status' | 'claim'> }) {
  const { username } = useUser()
  const { workspaceId = '' } = useParams()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const focus = `/codex/workspaces/${workspaceId}/focus?session=${task.claim?.session ?? ''}`
  if (task.status === 'done') return null
  if (task.claim?.live) {
    if (task.claim.actor !== username) return null
    return <Button onClick={() => void navigate(focus)}>Go on with it</Button>
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{task.claim ? 'Take over…' : 'Claim…'}</Button>
      {open && <ClaimDialog task={task} onClose={() => setOpen(false)} />}
    </>
  )
}

function ClaimDialog(props: { task: Pick<BacklogTask, 'task' | 'title' | 'claim'>; onClose: () => void }) {
  const { task, onClose } = props
  const { api, queries } = useApp()
  const { workspaceId = '' } = useParams()
  const navigate = useNavigate()
  const [why, setWhy] = useState('')
  const start = useMutation({
    mutationFn: () =>
      api.call(startTask, { workspaceId, task: task.task, ...(why.trim() && { why: why.trim() }) }),
    onSuccess: ({ session }) => void navigate(`/codex/workspaces/${workspaceId}/focus?session=${session.id}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['codex'] }),
  })
  return (
    <ConfirmDialog
      opened
      title={`Claim ${task.title}`}
      confirm="Claim it"
      cancel="Cancel"
      busy={start.isPending}
      error={start.error}
      onClose={onClose}
      onConfirm={() => start.mutate()}
    >
      <p>
        It is yours for four hours; every step renews that.
        {task.claim && ` The lease of ${task.claim.actor} has ended, so you may take it over.`}
      </p>
      <Textarea
        label="Why this one"
        description="one line; without, what makes it next is kept"
        value={why}
        maxLength={500}
        onChange={({ currentTarget }) => setWhy(currentTarget.value.replaceAll('\n', ' '))}
        data-autofocus
      />
    </ConfirmDialog>
  )
}
