import { type Job, readJobLogs } from '@sre-toolbox/contract/jobs'
import { useEffect, useState } from 'react'
import { useApp } from '../../lib/app-context.ts'
import { followJob } from '../../lib/follow-job.ts'
import { isActive } from '../../lib/job-status.ts'
import { createLogWindow, type LogWindow } from './log/log-window.ts'

/** The log of a job, the same one as long as the component lives; while the job runs, it and the job itself are kept up to date by the job's own stream. */
export function useJobStream(job: Job): LogWindow {
  const app = useApp()
  const { id } = job
  const [log] = useState(() => {
    const read = async (after: number, limit: number) =>
      (await app.api.call(readJobLogs, { jobId: id, after, limit })).items
    return createLogWindow(read, job.logLines)
  })
  const active = isActive(job.status)
  useEffect(() => (active ? followJob(app, id, log) : undefined), [active, app, id, log])
  return log
}
