import type { RunStep } from '@sre-toolbox/contract/codex-runs'
import { JsonView } from '../../../components/JsonView.tsx'
import { Mark } from '../../../components/StatusMark.tsx'
import { Time, Took } from '../../../components/Time.tsx'
import { plural } from '../../../lib/format.ts'
import { useNow } from '../../../lib/use-now.ts'
import { notReached, stepLooks } from './run-looks.ts'

/** The steps of a run as they are now. */
export function Timeline({ steps, ended }: { steps: readonly RunStep[]; ended: boolean }) {
  const now = useNow(1000)
  return (
    <section className="card pad stack" aria-label="Steps">
      <h2>Steps</h2>
      <ol className="task-steps run-steps">
        {steps.map((step) => (
          <li key={step.id} data-status={step.status}>
            <div className="row wrap">
              <h3>{step.title}</h3>
              <Mark {...(ended && step.status === 'pending' ? notReached : stepLooks[step.status])} />
              <span className="push soft">
                {step.startedAt !== null && <Took from={step.startedAt} to={step.endedAt} now={now} />}
              </span>
            </div>
            <p className="small soft">
              <code>{step.operation}</code>
              {step.calls > 1 && `, ${plural(step.calls, 'call')}`}
            </p>
            {step.error && (
              <div className="verbatim">
                <code>{step.error.code}</code>
                <p>{step.error.message}</p>
                {step.error.requiredRole && (
                  <p className="small">
                    It needs the role <code>{step.error.requiredRole}</code>.
                  </p>
                )}
              </div>
            )}
            <Answered approval={step.approval} now={now} />
            <Checks checks={step.checks} />
            {step.startedAt !== null && (
              <details className="run-more small">
                <summary>What was sent</summary>
                <JsonView value={step.input} label={`What was sent to ${step.operation}`} />
              </details>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Answered({ approval, now }: { approval: RunStep['approval']; now: number }) {
  if (!approval?.answer) return null
  return (
    <p className="small">
      <b>{approval.answer === 'approved' ? 'Approved' : 'Rejected'}</b> by {approval.by}{' '}
      {approval.at && <Time at={approval.at} now={now} />}
      {approval.comment && `: “${approval.comment}”`}{' '}
      <span className="soft">to the question “{approval.question}”</span>
    </p>
  )
}

function Checks({ checks }: { checks: RunStep['checks'] }) {
  if (checks.length === 0) return null
  return (
    <ul className="small run-checks">
      {checks.map(({ text, holds, found }) => (
        <li key={text}>
          <Mark
            tone={holds ? 'good' : 'bad'}
            shape={holds ? 'check' : 'cross'}
            word={holds ? 'As expected' : 'Not as expected'}
            alone
          />
          <span>
            {text}
            {!holds && (
              <>
                ; found <code>{JSON.stringify(found)}</code>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
