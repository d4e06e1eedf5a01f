import { Modal, TextInput } from '@mantine/core'
import { type Job, retryJob } from '@sre-toolbox/contract/jobs'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { isSaid, SummaryField } from '../../components/SummaryField.tsx'
import { SchemaForm } from '../../components/schema-form/SchemaForm.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { useApp } from '../../lib/app-context.ts'
import { newKey } from '../../lib/new-key.ts'
import { toolkitQuery } from '../../lib/queries.ts'

type Input = Record<string, unknown>

/** A new job from an old one, with the old input to begin with. */
export function RetryDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { api } = useApp()
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery(toolkitQuery(api, job.toolkit))
  const operation = data?.toolkit.operationList.find((candidate) => candidate.operation === job.operation)
  const destructive = operation?.effect === 'destructive'
  const [input, setInput] = useState<Input>(() => ({ ...(job.input as Input | null) }))
  const [reason, setReason] = useState('')
  const [idempotencyKey, setKey] = useState(newKey)
  const retry = useMutation({
    mutationFn: (edited: Input) =>
      api.call(retryJob, {
        jobId: job.id,
        input: edited,
        idempotencyKey,
        ...(reason.trim() && { reason: reason.trim() }),
      }),
    onSuccess: ({ job: made }) => {
      onClose()
      void navigate(`/jobs/${made.id}`)
    },
  })
  function change(next: Input) {
    setInput(next)
    setKey(newKey())
  }
  return (
    <Modal opened onClose={onClose} title={`Retry ${job.toolkit}.${job.operation}`} size="lg" centered>
      <div className="stack">
        <p className="soft">
          Makes a new job, run as you and linked to this one. Change what should be different.
        </p>
        {error && <Failure error={error} what="The form can't be shown" retry={() => void refetch()} />}
        {!data && !error && <Loading what="the form" />}
        {data && !operation && (
          <Empty title="The operation is no more">
            Version {data.toolkit.version} of {data.toolkit.name} does not have {job.operation}.
          </Empty>
        )}
        {operation && (
          <>
            {destructive ? (
              <>
                <p>
                  It destroys something and can't be undone from here. What the first job did is not taken
                  back.
                </p>
                <SummaryField label="Justification" first value={reason} onChange={setReason} />
              </>
            ) : (
              <TextInput
                label="Reason"
                description="kept with the new job"
                maxLength={2000}
                value={reason}
                onChange={({ currentTarget }) => setReason(currentTarget.value)}
              />
            )}
            <SchemaForm
              name="retry"
              schema={operation.input}
              value={input}
              onChange={change}
              onSubmit={(edited) => retry.mutate(edited)}
              submit="Retry"
              danger={destructive}
              disabled={destructive && !isSaid(reason)}
              busy={retry.isPending}
              error={retry.error}
            />
          </>
        )}
      </div>
    </Modal>
  )
}
