import type { JobSummary } from '@sre-toolbox/contract/jobs'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { JobStatusMark } from '../../components/StatusMark.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { TickingTime } from '../../components/Time.tsx'
import { useApp } from '../../lib/app-context.ts'
import { latestJobsQuery } from '../../lib/queries.ts'

/** The latest few jobs of some statuses, with a way to all of them. */
export function JobLines({ title, status, none }: { title: string; status: string; none: ReactNode }) {
  const { api } = useApp()
  const { data, error, refetch } = useQuery(latestJobsQuery(api, { status, limit: 6 }))
  return (
    <section className="card dashboard-jobs" aria-label={title}>
      <header className="list-header">
        <h2>{title}</h2>
        <Link to={`/jobs?status=${status}`}>All of them</Link>
      </header>
      {error && !data ? (
        <Failure error={error} what="These jobs can't be listed" retry={() => void refetch()} />
      ) : !data ? (
        <Loading what={title} lines={3} />
      ) : data.items.length === 0 ? (
        <Empty title="None">{none}</Empty>
      ) : (
        <ul className="list-rows">
          {data.items.map((job) => (
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
