import { Button, Textarea } from '@mantine/core'
import type { BacklogTask } from '@sre-toolbox/contract/codex/backlog'
import { startTask } from '@sre-toolbox/contract/codex/sessions'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useApp, useUser } from '../../lib/app-context.ts'
import { LeaseLeft, useIsLive } from './Claim.tsx'

type Claimable = Pick<BacklogTask, 'task' | 'title' | 'status'> & {
  readonly claim: Omit<NonNullable<BacklogTask['claim']>, 'live'> | null
}

/** Offers to claim a task that nobody holds, or to take it over: freely once its lease has ended, before that with a reason. */
export function ClaimTask({ task }: { task: Claimable }) {
  const { username } = useUser()
  const { workspaceId = '' } = useParams()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const live = useIsLive(task.claim)
  const focus = `/codex/workspaces/${workspaceId}/focus?session=${task.claim?.session ?? ''}`
  if (task.status === 'done') return null
  if (live && task.claim?.actor === username)
    return <Button onClick={() => void navigate(focus)}>Go on with it</Button>
  return (
    <>
      <Button variant={live ? 'default' : 'filled'} onClick={() => setOpen(true)}>
        {task.claim ? 'Take over…' : 'Claim…'}
      </Button>
      {open && <ClaimDialog task={task} live={live} onClose={() => setOpen(false)} />}
    </>
  )
}

function ClaimDialog(props: { task: Claimable; live: boolean; onClose: () => void }) {
  const { task, live, onClose } = props
  const { api, queries } = useApp()
  const { workspaceId = '' } = useParams()
  const navigate = useNavigate()
  const [why, setWhy] = useState('')
  const start = useMutation({
    mutationFn: () =>
      api.call(startTask, {
        workspaceId,
        task: task.task,
        ...(why.trim() && { why: why.trim() }),
        ...(live && { force: true }),
      }),
    onSuccess: ({ session }) => void navigate(`/codex/workspaces/${workspaceId}/focus?session=${session.id}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['codex'] }),
  })
  return (
    <ConfirmDialog
      opened
      title={`${task.claim ? 'Take over' : 'Claim'} ${task.title}`}
      confirm={task.claim ? 'Take it over' : 'Claim it'}
      {...(live && { danger: true, disabled: why.trim() === '' })}
      cancel="Cancel"
      busy={start.isPending}
      error={start.error}
      onClose={onClose}
      onConfirm={() => start.mutate()}
    >
      <p>
        It is yours for four hours; every step renews that.
        {task.claim && !live && ` The lease of ${task.claim.actor} has ended, so you may take it over.`}
      </p>
      {task.claim && live && (
        <p>
          <b>{task.claim.actor} still holds it</b>, for <LeaseLeft until={task.claim.until} />. Their session
          ends; what they write from now on is refused. Ask them first if you can.
        </p>
      )}
      <Textarea
        label={live ? 'Why you take it' : 'Why this one'}
        description={live ? 'one line, for the journal' : 'one line; without, what makes it next is kept'}
        required={live}
        value={why}
        maxLength={500}
        onChange={({ currentTarget }) => setWhy(currentTarget.value.replaceAll('\n', ' '))}
        data-autofocus
      />
    </ConfirmDialog>
  )
}
