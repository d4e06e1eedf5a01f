import type { JobSummary } from '@sre-toolbox/contract/jobs'
import { Link } from 'react-router'
import { JobStatusMark } from './StatusMark.tsx'
import { Empty } from './states.tsx'
import { TickingTime } from './Time.tsx'

/** A few jobs of one operation: how each is, what it says and when it was made. */
export function JobRows({ jobs }: { jobs: readonly JobSummary[] }) {
  if (jobs.length === 0) return <Empty title="It has not run yet" />
  return (
    <ul className="list-rows">
      {jobs.map((job) => (
        <li key={job.id}>
          <Link to={`/jobs/${job.id}`} className="list-row">
            <JobStatusMark status={job.status} />
            <span className="cut soft">{job.error?.message ?? job.progress?.message}</span>
            <span className="push soft">
              <TickingTime at={job.createdAt} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
