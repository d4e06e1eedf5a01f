import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useApp } from '../../../lib/app-context.ts'
import { followJob } from '../../../lib/follow-job.ts'
import { isActive } from '../../../lib/job-status.ts'
import { jobQuery } from '../../../lib/queries.ts'
import { runQuery } from '../library-queries.ts'
import { createReread } from './reread.ts'

/** A run, read again whenever the stream of its job tells something. */
export function useLiveRun(runId: string) {
  const app = useApp()
  const { api, queries } = app
  const run = useQuery(runQuery(api, runId))
  const jobStatus = run.data?.run.jobStatus ?? null
  // Retention may have removed the job; the run stays.
  const { data } = useQuery({ ...jobQuery(api, runId), enabled: jobStatus !== null, retry: false })
  const job = data?.job
  const active = job !== undefined && isActive(job.status)
  const reread = useMemo(
    () =>
      createReread(() =>
        queries.refetchQueries({ queryKey: runQuery(api, runId).queryKey }, { cancelRefetch: false }),
      ),
    [api, queries, runId],
  )
  useEffect(() => {
    if (!active) return
    // The log is on the job's own page: here it only tells that a step went on.
    const known = queries.getQueryData(jobQuery(api, runId).queryKey)?.job.logLines ?? 0
    return followJob(app, runId, { count: () => known, append: () => void reread() })
  }, [active, app, api, queries, reread, runId])
  useEffect(() => {
    if (job) void reread()
  }, [job, reread])
  return run
}
