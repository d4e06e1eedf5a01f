import type { RunReport, RunSummary } from '@sre-toolbox/contract/codex-runs'
import { Link } from 'react-router'
import { Mark } from '../../../components/StatusMark.tsx'
import { Time, Took } from '../../../components/Time.tsx'
import { shortId } from '../../../lib/format.ts'
import { useNow } from '../../../lib/use-now.ts'
import { metLook, verdictLooks } from './run-looks.ts'

/** Who, as what and with what; and how the run is to be judged. */
export function RunFacts({ run, report }: { run: RunSummary; report: RunReport }) {
  const now = useNow(1000)
  const { findings, success, guardrails, fallback, inputs } = report
  return (
    <div className="stack">
      {findings.length > 0 && (
        <section className="card pad stack-small run-findings" aria-label="Findings">
          <h2>What speaks against it</h2>
          <ul className="stack-small">
            {findings.map(({ code, message }) => (
              <li key={code + message}>
                <code>{code}</code>
                <p>{message}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {fallback && (
        <section className="card pad stack-small" aria-label="What to do instead">
          <h2>What to do instead</h2>
          <p>{fallback}</p>
        </section>
      )}
      <section className="card pad" aria-label="About the run">
        <dl className="facts">
          <div>
            <dt>Began</dt>
            <dd>
              <Time at={report.startedAt} now={now} />
            </dd>
          </div>
          <div>
            <dt>Took</dt>
            <dd>
              <Took from={report.startedAt} to={report.endedAt} now={now} />
            </dd>
          </div>
          <div>
            <dt>By</dt>
            <dd>{report.actor}</dd>
          </div>
          <div>
            <dt>As</dt>
            <dd>
              <Link to={`/codex/personas#${report.persona}`}>{report.persona}</Link>
            </dd>
          </div>
          <div>
            <dt>Job</dt>
            <dd>
              {run.jobStatus === null ? (
                'removed; only the run was kept'
              ) : (
                <>
                  <Link to={`/jobs/${run.id}`} className="mono">
                    {shortId(run.id)}
                  </Link>{' '}
                  <span className="small soft">log, cancel, retry</span>
                </>
              )}
            </dd>
          </div>
          {run.workspaceId && (
            <div>
              <dt>Journal of</dt>
              <dd>
                <Link to={`/codex/workspaces/${run.workspaceId}/journal`}>its workspace</Link>{' '}
                <span className="small soft">
                  {run.journalled
                    ? 'tells of it'
                    : report.endedAt
                      ? 'not told yet; it is tried again'
                      : 'once it has ended'}
                </span>
                {run.journalRefusal && <Refusal reason={run.journalRefusal} />}
              </dd>
            </div>
          )}
          {Object.entries(inputs).map(([name, value]) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <Judged
        title="Success criteria"
        items={success.map(({ text, met }) => ({ text, look: metLook(met) }))}
      />
      <Judged
        title="Guardrails"
        items={guardrails.map(({ text, verdict }) => ({ text, look: verdictLooks[verdict] }))}
      />
    </div>
  )
}

/** Why the journal does not have it, and what lets it in. */
function Refusal({ reason }: { reason: string }) {
  return (
    <div role="alert" className="stack-small small">
      <p>The workspace would not take it:</p>
      <p className="verbatim">{reason}</p>
      <p>Put that right in its repository. The report is kept, and follows by itself within seconds.</p>
    </div>
  )
}

function Judged(props: {
  title: string
  items: readonly { text: string; look: ReturnType<typeof metLook> }[]
}) {
  if (props.items.length === 0) return null
  return (
    <section className="card pad stack-small" aria-label={props.title}>
      <h2>{props.title}</h2>
      <ul className="stack-small">
        {props.items.map(({ text, look }) => (
          <li key={text} className="judged">
            <Mark {...look} />
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
