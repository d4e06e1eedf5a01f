import { Button } from '@mantine/core'
import { submitJob } from '@sre-toolbox/contract/jobs'
import { callToolkit, type ToolkitDetail } from '@sre-toolbox/contract/toolkits'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { ConfirmDialog } from '../components/ConfirmDialog.tsx'
import { JobRows } from '../components/JobRows.tsx'
import { JsonView } from '../components/JsonView.tsx'
import { isSaid, SummaryField } from '../components/SummaryField.tsx'
import { SchemaForm } from '../components/schema-form/SchemaForm.tsx'
import { Empty } from '../components/states.tsx'
import { useApp, useUser } from '../lib/app-context.ts'
import { duration, shortId } from '../lib/format.ts'
import { may } from '../lib/may.ts'
import { newKey } from '../lib/new-key.ts'
import { latestJobsQuery } from '../lib/queries.ts'

export type Input = Record<string, unknown>
type Operation = ToolkitDetail['operationList'][number]

/** One operation: its form, what it answered, and the jobs it became. */
export function RunOperation(props: {
  slug: string
  operation: Operation
  input: Input
  onInput: (input: Input) => void
}) {
  const { slug, operation, input, onInput } = props
  const { api } = useApp()
  const user = useUser()
  const [confirming, setConfirming] = useState<Input | null>(null)
  const [reason, setReason] = useState('')
  const [idempotencyKey, setKey] = useState(newKey)
  const isJob = operation.mode === 'job'
  const run = useMutation({
    mutationFn: async (sent: Input) => {
      const began = performance.now()
      const target = {
        operation: operation.operation,
        input: sent,
        idempotencyKey,
        ...(reason.trim() && { reason: reason.trim() }),
      }
      if (isJob)
        return { kind: 'job' as const, job: (await api.call(submitJob, { toolkit: slug, ...target })).job }
      const result = await api.call(callToolkit, { slug, ...target })
      return { kind: 'result' as const, result, tookMs: performance.now() - began }
    },
    onSuccess: () => {
      setKey(newKey())
      setConfirming(null)
      setReason('')
    },
  })
  function submit(sent: Input) {
    if (operation.effect === 'destructive') setConfirming(sent)
    else run.mutate(sent)
  }
  function change(next: Input) {
    onInput(next)
    setKey(newKey())
  }
  const answer = run.data
  return (
    <div className="run-operation">
      <section className="card pad stack" aria-label={operation.title}>
        <div>
          <h2>{operation.title}</h2>
          <p className="soft">{operation.description}</p>
        </div>
        {may(user, operation.role) ? (
          <SchemaForm
            name={operation.operation}
            schema={operation.input}
            value={input}
            onChange={change}
            onSubmit={submit}
            submit={isJob ? 'Run as a job' : 'Run'}
            danger={operation.effect === 'destructive'}
            busy={run.isPending}
            error={run.error}
            also={
              isJob && (
                <Button
                  component={Link}
                  variant="default"
                  to={`/schedules/new?toolkit=${slug}&operation=${operation.operation}`}
                  state={{ input }}
                >
                  Schedule…
                </Button>
              )
            }
          />
        ) : (
          <p>
            You need the role <code>{operation.role}</code> to run it. Ask an administrator.
          </p>
        )}
      </section>
      <div className="stack" aria-live="polite">
        {answer?.kind === 'job' && (
          <p className="card pad run-started">
            Job{' '}
            <Link to={`/jobs/${answer.job.id}`} className="mono">
              {shortId(answer.job.id)}
            </Link>{' '}
            is on its way. <Link to={`/jobs/${answer.job.id}?tab=logs`}>Watch its log</Link>
          </p>
        )}
        {answer?.kind === 'result' && (
          <div className="card pad stack">
            <h2>
              Result <span className="soft small number">after {duration(answer.tookMs)}</span>
            </h2>
            <JsonView value={answer.result} label="Result" />
          </div>
        )}
        {isJob && <LatestJobs slug={slug} operation={operation.operation} />}
        {!isJob && !answer && (
          <section className="card" aria-label="Result">
            <Empty title="The result shows up here" />
          </section>
        )}
      </div>
      {confirming && (
        <ConfirmDialog
          opened
          title={`${operation.title}?`}
          confirm={operation.title}
          danger
          busy={run.isPending}
          error={run.error}
          disabled={!isSaid(reason)}
          onClose={() => setConfirming(null)}
          onConfirm={() => run.mutate(confirming)}
        >
          <p>
            {operation.description} <code>{operation.id}</code> destroys something and can't be undone from
            here. It is run at once, as you, with:
          </p>
          <JsonView value={confirming} label="Input" />
          <SummaryField label="Justification" first value={reason} onChange={setReason} />
        </ConfirmDialog>
      )}
    </div>
  )
}

function LatestJobs({ slug, operation }: { slug: string; operation: string }) {
  const { api } = useApp()
  const { data } = useQuery(latestJobsQuery(api, { toolkit: slug, operation, limit: 8 }))
  if (!data) return null
  return (
    <section className="card" aria-label="Latest jobs">
      <header className="list-header">
        <h2>Latest jobs</h2>
        <Link to={`/jobs?toolkit=${slug}&operation=${operation}`}>All of them</Link>
      </header>
      <JobRows jobs={data.items} />
    </section>
  )
}
