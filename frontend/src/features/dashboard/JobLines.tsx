import type { JobSummary } from '@sre-toolbox/contract/jobs'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { JobStatusMark } from '../../components/StatusMark.tsx'
import { TickingTime } from '../../components/Time.tsx'

/** A few jobs, with a way to all of them. */
export function JobLines(props: { title: string; jobs: readonly JobSummary[]; to: string; none: ReactNode }) {
  const { title, jobs, to, none } = props
  return (
    <section className="card dashboard-jobs" aria-label={title}>
      <header className="list-header">
        <h2>{title}</h2>
        <Link to={to}>All of them</Link>
      </header>
      {jobs.length === 0 ? (
        <p className="soft dashboard-none">{none}</p>
      ) : (
        <ul className="list-rows">
          {jobs.map((job) => (
            <JobLine key={job.id} job={job} />
          ))}
        </ul>
      )}
    </section>
  )
}

function JobLine({ job }: { job: JobSummary }) {
  const { percent, message } = job.progress ?? { percent: null, message: null }
  return (
    <li>
      <Link to={`/jobs/${job.id}`} className="list-row">
        <JobStatusMark status={job.status} alone />
        <b className="job-line-name">{job.operation}</b>
        {job.status === 'running' && percent !== null && (
          <progress
            max={100}
            value={percent}
            aria-label={`Progress of ${job.operation}`}
            className="job-line-bar"
          />
        )}
        <span className={`cut ${job.error ? 'job-line-error' : 'soft'}`}>
          {job.error?.message ?? message ?? job.toolkit}
        </span>
        <span className="push soft">
          <TickingTime at={job.endedAt ?? job.startedAt ?? job.createdAt} />
        </span>
      </Link>
    </li>
  )
}
