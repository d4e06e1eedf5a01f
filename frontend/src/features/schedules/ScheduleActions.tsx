import { Button, TextInput } from '@mantine/core'
import { pauseSchedule, removeSchedule, resumeSchedule, type Schedule } from '@sre-toolbox/contract/schedules'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useApp } from '../../lib/app-context.ts'

const actions = {
  pause: {
    operation: pauseSchedule,
    word: 'Pause',
    says: 'It is not due until somebody resumes it. A job that it made already goes on.',
  },
  resume: {
    operation: resumeSchedule,
    word: 'Resume',
    says: 'It goes on from now, and runs as you. What was due meanwhile is not made up for.',
  },
  remove: {
    operation: removeSchedule,
    word: 'Remove',
    says: "It is gone and can't be brought back. Its jobs stay.",
  },
} as const
type Action = keyof typeof actions

/** Pause or resume, and remove; each asks first and takes a reason for the audit log. */
export function ScheduleActions(props: { schedule: Schedule; compact?: boolean; onRemoved?: () => void }) {
  const { schedule, compact, onRemoved } = props
  const [asking, setAsking] = useState<Action | null>(null)
  const offered: readonly Action[] =
    schedule.state === 'ended' ? ['remove'] : [schedule.paused ? 'resume' : 'pause', 'remove']
  return (
    <>
      {offered.map((action) => (
        <Button
          key={action}
          {...(compact && { size: 'compact-sm' })}
          variant="default"
          aria-label={`${actions[action].word} ${schedule.name}…`}
          onClick={() => setAsking(action)}
        >
          {actions[action].word}…
        </Button>
      ))}
      {asking && (
        <Ask
          action={asking}
          schedule={schedule}
          onClose={() => setAsking(null)}
          {...(onRemoved && { onRemoved })}
        />
      )}
    </>
  )
}

function Ask(props: { action: Action; schedule: Schedule; onClose: () => void; onRemoved?: () => void }) {
  const { schedule, onClose, onRemoved } = props
  const { api, queries } = useApp()
  const [reason, setReason] = useState('')
  const { operation, word, says } = actions[props.action]
  const act = useMutation({
    mutationFn: () =>
      api.call(operation, { scheduleId: schedule.id, ...(reason.trim() && { reason: reason.trim() }) }),
    async onSuccess() {
      onClose()
      if (props.action === 'remove') onRemoved?.()
      await queries.invalidateQueries({ queryKey: ['schedules'] })
    },
  })
  return (
    <ConfirmDialog
      opened
      title={`${word} ${schedule.name}?`}
      confirm={`${word} the schedule`}
      danger={props.action === 'remove'}
      busy={act.isPending}
      error={act.error}
      onClose={onClose}
      onConfirm={() => act.mutate()}
    >
      <p>{says}</p>
      <TextInput
        label="Reason"
        description="kept in the audit log"
        maxLength={2000}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </ConfirmDialog>
  )
}
