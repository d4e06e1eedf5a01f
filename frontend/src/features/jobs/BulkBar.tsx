import { Button, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { cancelJob, type JobSummary, retryJob } from '@sre-toolbox/contract/jobs'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useApp } from '../../lib/app-context.ts'
import { plural } from '../../lib/format.ts'
import { isActive } from '../../lib/job-status.ts'
import { steerMany } from './steer-many.ts'

type Action = 'cancel' | 'retry'

/** What can be done with the selected jobs. */
export function BulkBar({ jobs, onClear }: { jobs: readonly JobSummary[]; onClear: () => void }) {
  const [action, setAction] = useState<Action | null>(null)
  const active = jobs.filter(({ status }) => isActive(status))
  const ended = jobs.filter(({ status }) => !isActive(status))
  if (jobs.length === 0) return null
  return (
    <section className="bulk-bar" aria-label="Selected jobs">
      <b className="number">{jobs.length} selected</b>
      <Button color="red" variant="light" disabled={active.length === 0} onClick={() => setAction('cancel')}>
        Cancel {active.length}…
      </Button>
      <Button variant="light" disabled={ended.length === 0} onClick={() => setAction('retry')}>
        Retry {ended.length}…
      </Button>
      <Button variant="subtle" color="gray" onClick={onClear}>
        Clear selection
      </Button>
      {action && (
        <BulkDialog
          action={action}
          jobs={action === 'cancel' ? active : ended}
          left={action === 'cancel' ? ended.length : active.length}
          onClose={() => setAction(null)}
          onDone={() => {
            setAction(null)
            onClear()
          }}
        />
      )}
    </section>
  )
}

function BulkDialog(props: {
  action: Action
  jobs: readonly JobSummary[]
  left: number
  onClose: () => void
  onDone: () => void
}) {
  const { action, jobs, left } = props
  const { api } = useApp()
  const [reason, setReason] = useState('')
  const [targets] = useState(jobs)
  const steer = useMutation({
    mutationFn: () =>
      steerMany(
        targets.map(({ id }) => id),
        (jobId) =>
          api.call(action === 'cancel' ? cancelJob : retryJob, { jobId, ...(reason.trim() && { reason }) }),
      ),
    onSuccess: ({ done, refusals }) => {
      notifications.show({
        title: `${plural(done, 'job')} ${action === 'cancel' ? 'told to stop' : 'retried'}`,
        message: refusals.length > 0 ? `${refusals.length} refused: ${refusals[0]}` : '',
        color: refusals.length > 0 ? 'red' : 'blue',
      })
      props.onDone()
    },
  })
  const names = [...new Set(targets.map(({ toolkit, operation }) => `${toolkit}.${operation}`))]
  return (
    <ConfirmDialog
      opened
      title={`${action === 'cancel' ? 'Cancel' : 'Retry'} ${plural(targets.length, 'job')}?`}
      confirm={`${action === 'cancel' ? 'Cancel' : 'Retry'} ${plural(targets.length, 'job')}`}
      danger={action === 'cancel'}
      busy={steer.isPending}
      error={steer.error}
      onClose={props.onClose}
      onConfirm={() => steer.mutate()}
    >
      <p>
        {names.join(', ')}.{' '}
        {action === 'cancel'
          ? 'What has not started never will; what runs is asked to stop, then its process is killed. This can’t be undone, but each can be retried.'
          : 'Each becomes a new job with the same input, run as you.'}
      </p>
      {left > 0 && (
        <p className="soft">
          {action === 'cancel'
            ? `${left} of the selected have ended already.`
            : `${left} of the selected still run.`}
        </p>
      )}
      <Textarea
        label="Reason"
        description="kept with each job"
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
        maxLength={2000}
        data-autofocus
      />
    </ConfirmDialog>
  )
}
