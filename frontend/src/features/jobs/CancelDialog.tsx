import { Checkbox, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { cancelJob, type Job } from '@sre-toolbox/contract/jobs'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useApp } from '../../lib/app-context.ts'
import { isActive, jobStatusLooks } from '../../lib/job-status.ts'
import { jobQuery } from '../../lib/queries.ts'

export function CancelDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { api, queries } = useApp()
  const [reason, setReason] = useState('')
  const [force, setForce] = useState(false)
  const started = job.startedAt !== null
  const cancel = useMutation({
    mutationFn: () =>
      api.call(cancelJob, { jobId: job.id, force, ...(reason.trim() && { reason: reason.trim() }) }),
    onSuccess: ({ job: now }) => {
      notifications.show({
        title: jobStatusLooks[now.status].word,
        message: isActive(now.status)
          ? 'It was asked to stop. This page shows when it has.'
          : 'It will not run.',
      })
      void queries.invalidateQueries({ queryKey: jobQuery(api, job.id).queryKey })
      onClose()
    },
  })
  return (
    <ConfirmDialog
      opened
      title={`Cancel ${job.toolkit}.${job.operation}?`}
      confirm="Cancel the job"
      danger
      busy={cancel.isPending}
      error={cancel.error}
      onClose={onClose}
      onConfirm={() => cancel.mutate()}
    >
      <p>
        {started
          ? 'It is asked to stop; what has not stopped after the grace period is killed. What it did already stays done.'
          : 'It has not started, and never will.'}{' '}
        This can’t be undone, but the job can be retried.
      </p>
      <Textarea
        label="Reason"
        description="kept with the job and in the audit log"
        value={reason}
        maxLength={2000}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
        data-autofocus
      />
      {started && (
        <Checkbox
          label="Kill it at once, without the grace period"
          checked={force}
          onChange={({ currentTarget }) => setForce(currentTarget.checked)}
        />
      )}
    </ConfirmDialog>
  )
}
