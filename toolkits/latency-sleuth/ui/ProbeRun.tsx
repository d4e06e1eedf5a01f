import {
  Failure,
  formatCount,
  JobLink,
  JobStatusMark,
  Loading,
  type ToolkitJob,
  useJob,
  useToolkit,
} from '@sre-toolbox/sdk/ui'
import { Link } from 'react-router'
import { ProbeReport } from './ProbeReport.tsx'
import type { ProbeResult } from './probe-data.ts'

const linesShown = 14

/** A probe while it runs and once it has ended. */
export function ProbeRun({ jobId }: { jobId: string }) {
  const { job, log, error } = useJob(jobId)
  const { basePath } = useToolkit()
  if (error && !job) return <Failure error={error} what="The probe can't be shown" />
  if (!job) return <Loading what="the probe" lines={8} />
  const result = job.status === 'succeeded' ? (job.result as ProbeResult | undefined) : undefined
  return (
    <>
      <p className="row wrap">
        <JobStatusMark status={job.status} />
        <span>
          Job <JobLink id={job.id} />
        </span>
        <Link to={basePath} className="push">
          What was probed
        </Link>
      </p>
      {result ? (
        <ProbeReport result={result} />
      ) : (
        <section className="card pad stack" aria-label="Progress">
          <Progress job={job} />
          {job.error && <p className="form-error">{job.error.message}</p>}
          <ol className="latency-sleuth-log mono">
            {log.slice(-linesShown).map(({ seq, level, text }) => (
              <li key={seq} data-level={level}>
                {text}
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  )
}

function Progress({ job: { progress, status } }: { job: ToolkitJob }) {
  if (!progress)
    return (
      <p className="soft">
        {status === 'queued' ? 'It begins as soon as a place is free.' : 'No sample yet.'}
      </p>
    )
  const { percent, done, total } = progress
  return (
    <div className="row">
      <progress
        value={percent ?? 0}
        max={100}
        aria-label="Samples taken"
        className="latency-sleuth-progress"
      />
      <span className="number">
        {formatCount(done ?? 0)} of {formatCount(total ?? 0)} samples
      </span>
    </div>
  )
}
