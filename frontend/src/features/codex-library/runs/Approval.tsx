import { Button, Textarea } from '@mantine/core'
import { answerRun, type RunSummary } from '@sre-toolbox/contract/codex-runs'
import { useMutation } from '@tanstack/react-query'
import { Hand } from 'lucide-react'
import { useState } from 'react'
import { useApp } from '../../../lib/app-context.ts'
import { runQuery } from '../library-queries.ts'

/** What a run waits for, to be answered by whoever is signed in and may do the step themselves. */
export function Approval(props: { runId: string; waitingFor: NonNullable<RunSummary['waitingFor']> }) {
  const { runId, waitingFor } = props
  const { api, queries } = useApp()
  const [comment, setComment] = useState('')
  const answer = useMutation({
    mutationFn: (said: 'approve' | 'reject') =>
      api.call(answerRun, {
        runId,
        step: waitingFor.step,
        answer: said,
        ...(comment.trim() && { comment: comment.trim() }),
      }),
    onSuccess: () => setComment(''),
    onSettled: () => queries.invalidateQueries({ queryKey: runQuery(api, runId).queryKey }),
  })
  return (
    <section className="card pad approval" aria-label="Approval">
      <header className="row">
        <Hand size={16} aria-hidden="true" />
        <h2>The run waits for a person: {waitingFor.title}</h2>
      </header>
      <p className="approval-question">{waitingFor.question}</p>
      <Textarea
        label="Comment"
        description="kept in the report and in the audit log"
        autosize
        minRows={2}
        maxLength={2000}
        value={comment}
        onChange={({ currentTarget }) => setComment(currentTarget.value)}
      />
      {answer.error && (
        <p role="alert" className="form-error">
          {answer.error.message}
        </p>
      )}
      <div className="row wrap">
        <Button loading={answer.isPending} onClick={() => answer.mutate('approve')}>
          Approve
        </Button>
        <Button
          variant="light"
          color="red"
          disabled={answer.isPending}
          onClick={() => answer.mutate('reject')}
        >
          Reject
        </Button>
        <p className="small soft approval-who">
          Whoever is signed in and may do the step themselves can answer. An API token can’t, whoever holds
          it: an agent is not to approve what it asked for.
        </p>
      </div>
    </section>
  )
}
