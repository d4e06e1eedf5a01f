import type { Job, JobProgress } from '@sre-toolbox/contract/jobs'
import { Link } from 'react-router'
import { Fact } from '../../components/Fact.tsx'
import { Mark } from '../../components/StatusMark.tsx'
import { Time, Took } from '../../components/Time.tsx'
import { count, duration, shortId } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'

export function JobOverview({ job }: { job: Job }) {
  const now = useNow(1000)
  return (
    <div className="job-overview">
      <div className="stack">
        {job.error && (
          <section className="card pad job-fault" aria-label="Error">
            <h2>Why it failed</h2>
            <p>{job.error.message}</p>
            <p className="small soft">
              Code <code>{job.error.code}</code> ·{' '}
              <Link to="/documentation/troubleshooting#a-job-failed">What to do about it</Link>
            </p>
          </section>
        )}
        {job.cancellation && <Cancellation cancellation={job.cancellation} now={now} />}
        <section className="card pad stack" aria-label="Progress">
          <h2>Progress</h2>
          {job.progress ? (
            <Progress progress={job.progress} />
          ) : (
            <p className="soft">{job.endedAt ? 'It reported none.' : 'It has reported none so far.'}</p>
          )}
        </section>
        <MainInput input={job.input} />
      </div>
      <section className="card pad" aria-label="Facts">
        <dl className="facts">
          <Fact name="Requested by">
            <Link to={`/jobs?requestedBy=${encodeURIComponent(job.requestedBy.name)}`}>
              {job.requestedBy.name}
            </Link>
            {job.requestedBy.token && <span className="soft"> with token {job.requestedBy.token}</span>}
          </Fact>
          <Fact name="Created">
            <Time at={job.createdAt} now={now} />
          </Fact>
          {job.runAt && (
            <Fact name="Not before">
              <Time at={job.runAt} now={now} />
            </Fact>
          )}
          {job.startedAt && (
            <Fact name="Waited">
              <Took from={job.runAt ?? job.createdAt} to={job.startedAt} now={now} />
            </Fact>
          )}
          <Fact name={job.startedAt && !job.endedAt ? 'Runs for' : 'Took'}>
            <Took from={job.startedAt} to={job.endedAt} now={now} />
          </Fact>
          {job.deadlineAt && !job.endedAt && (
            <Fact name="Deadline">
              <Time at={job.deadlineAt} now={now} />
            </Fact>
          )}
          <Fact name="Attempt">
            <span className="number">{job.attempt}</span>
            <span className="soft">
              {job.idempotent ? ', may be repeated after a crash' : ', never repeated by itself'}
            </span>
          </Fact>
          <Fact name="Toolkit">
            <Link to={`/toolkits/${job.toolkit}?operation=${job.operation}`}>{job.toolkit}</Link>{' '}
            {job.toolkitVersion}
          </Fact>
          <Fact name="Priority">
            <span className="number">{job.priority}</span>
          </Fact>
          {job.scheduleId && (
            <Fact name="Made by">
              <Link to={`/schedules/${job.scheduleId}`}>
                schedule <span className="mono">{shortId(job.scheduleId)}</span>
              </Link>
            </Fact>
          )}
          {job.retryOf && (
            <Fact name="Retry of">
              <JobLink id={job.retryOf} />
            </Fact>
          )}
          {job.retries.length > 0 && (
            <Fact name="Retried as">
              {job.retries.map((id) => (
                <JobLink key={id} id={id} />
              ))}
            </Fact>
          )}
        </dl>
      </section>
    </div>
  )
}

const mostShown = 6

/** What can be said of the input in a word each; all of it has a tab of its own. */
function MainInput({ input }: { input: unknown }) {
  const words = Object.entries(typeof input === 'object' && input !== null ? input : {})
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value) && value !== '')
    .slice(0, mostShown)
  if (words.length === 0) return null
  return (
    <section className="card pad" aria-label="Input">
      <h2>Input</h2>
      <dl className="facts">
        {words.map(([name, value]) => (
          <Fact key={name} name={name}>
            <span className="mono main-input">{String(value)}</span>
          </Fact>
        ))}
      </dl>
    </section>
  )
}

function JobLink({ id }: { id: string }) {
  return (
    <Link to={`/jobs/${id}`} className="mono">
      {shortId(id)}
    </Link>
  )
}

const stages = {
  before_start: 'before it started',
  handler: 'by its own handler, when asked',
  killed: 'by killing its process',
  worker_gone: 'when its worker was gone',
} as const

function Cancellation({
  cancellation,
  now,
}: {
  cancellation: NonNullable<Job['cancellation']>
  now: number
}) {
  const { by, at, reason, stage, force } = cancellation
  return (
    <section className="card pad" aria-label="Cancellation">
      <h2>Cancelled by {by}</h2>
      <p>{reason ?? 'No reason was given.'}</p>
      <p className="small soft">
        <Time at={at} now={now} />
        {stage && `, ended ${stages[stage]}`}
        {force && ', without the grace period'}
      </p>
    </section>
  )
}

const stepLooks = {
  pending: { word: 'Waiting', tone: 'mute', shape: 'dots' },
  running: { word: 'Running', tone: 'run', shape: 'play' },
  succeeded: { word: 'Done', tone: 'good', shape: 'check' },
  failed: { word: 'Failed', tone: 'bad', shape: 'cross' },
  skipped: { word: 'Skipped', tone: 'mute', shape: 'slash' },
} as const

function Progress({ progress }: { progress: JobProgress }) {
  const { percent, message, steps, done, total, unit, throughput, remainingSeconds } = progress
  const facts = [
    done !== null && `${count(done)}${total === null ? '' : ` of ${count(total)}`} ${unit ?? ''}`,
    throughput !== null &&
      `${throughput >= 10 ? Math.round(throughput) : throughput.toFixed(1)} ${unit ?? ''}/s`,
    remainingSeconds !== null && remainingSeconds > 0 && `about ${duration(remainingSeconds * 1000)} left`,
  ].filter((fact) => fact !== false)
  return (
    <>
      {percent !== null && (
        <div className="row">
          <progress max={100} value={percent} aria-label="Progress" className="progress-wide" />
          <b className="number">{Math.round(percent)} %</b>
        </div>
      )}
      {message && <p>{message}</p>}
      {facts.length > 0 && <p className="soft number">{facts.join(' · ')}</p>}
      {steps.length > 0 && (
        <ol className="steps">
          {steps.map(({ id, title, status }) => (
            <li key={id}>
              <Mark {...stepLooks[status]} alone />
              <span>{title}</span>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
