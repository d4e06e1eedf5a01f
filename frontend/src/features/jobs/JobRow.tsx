import { Checkbox } from '@mantine/core'
import type { JobSummary } from '@sre-toolbox/contract/jobs'
import { Link } from 'react-router'
import { ShortId } from '../../components/ShortId.tsx'
import { JobStatusMark } from '../../components/StatusMark.tsx'
import { Time, Took } from '../../components/Time.tsx'

export function JobRow(props: {
  job: JobSummary
  /** The filters of the list, for the way back to it. */
  list: string
  now: number
  selected: boolean
  onSelect: () => void
}) {
  const { job, list, now, selected, onSelect } = props
  const name = `${job.toolkit}.${job.operation}`
  return (
    <>
      <td className="job-check">
        <Checkbox
          checked={selected}
          onChange={onSelect}
          tabIndex={-1}
          aria-label={`Select ${name} ${job.id.slice(-8)}`}
        />
      </td>
      <td className="job-status">
        <JobStatusMark status={job.status} />
      </td>
      <td className="job-name cut">
        <Link to={`/jobs/${job.id}`} tabIndex={-1} state={{ list }}>
          {job.operation}
        </Link>{' '}
        <span className="soft">{job.toolkit}</span>
        {job.retryOf && <span className="tag tag-mute">retry</span>}
      </td>
      <td className="job-says">
        <Says job={job} />
      </td>
      <td className="job-by cut soft">
        {job.requestedBy.token ? `${job.requestedBy.name} · ${job.requestedBy.token}` : job.requestedBy.name}
      </td>
      <td className="job-when soft">
        <Time at={job.createdAt} now={now} />
      </td>
      <td className="job-took">
        <Took from={job.startedAt} to={job.endedAt} now={now} />
      </td>
      <td className="job-id">
        <ShortId id={job.id} what="job" />
      </td>
    </>
  )
}

/** The one thing worth knowing now: how far it is, or why it ended. */
function Says({ job }: { job: JobSummary }) {
  const percent = job.progress?.percent
  const message = job.progress?.message ?? ''
  if (job.error) return <Cut className="job-error" text={job.error.message} />
  if (job.status === 'cancelled') {
    return <Cut text={job.cancellation?.reason ?? `by ${job.cancellation?.by ?? 'the system'}`} />
  }
  if (job.status === 'running' && typeof percent === 'number') {
    return (
      <>
        <progress max={100} value={percent} aria-label="Progress" />
        <span className="number soft">{Math.round(percent)} %</span>
        <Cut text={message} />
      </>
    )
  }
  return <Cut text={message} />
}

/** What there is no room for is shown on hover; the job's page says all of it. */
function Cut({ text, className = 'soft' }: { text: string; className?: string }) {
  return (
    <span className={`cut ${className}`} title={text}>
      {text}
    </span>
  )
}
