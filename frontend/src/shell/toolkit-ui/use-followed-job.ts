import type { LogLine } from '@sre-toolbox/contract/jobs'
import type { FollowedJob } from '@sre-toolbox/sdk/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useApp } from '../../lib/app-context.ts'
import { followJob } from '../../lib/follow-job.ts'
import { jobQuery } from '../../lib/queries.ts'

const shownLines = 500
const none: readonly LogLine[] = []

/** A job and the end of its log, kept up to date until it has ended; null follows none. */
export function useFollowedJob(jobId: string | null): FollowedJob {
  const app = useApp()
  const { data, error } = useQuery({ ...jobQuery(app.api, jobId ?? ''), enabled: jobId !== null })
  const [log, setLog] = useState<{ id: string; lines: readonly LogLine[] } | null>(null)
  const lastSeq = useRef(0)
  const known = data !== undefined
  useEffect(() => {
    if (jobId === null || !known) return
    const job = app.queries.getQueryData(jobQuery(app.api, jobId).queryKey)?.job
    lastSeq.current = Math.max(0, (job?.logLines ?? 0) - shownLines)
    setLog(null)
    return followJob(app, jobId, {
      count: () => lastSeq.current,
      append(lines) {
        lastSeq.current = lines.at(-1)?.seq ?? lastSeq.current
        setLog((before) => ({
          id: jobId,
          lines: [...(before?.id === jobId ? before.lines : none), ...lines].slice(-shownLines),
        }))
      },
    })
  }, [app, jobId, known])
  return {
    job: jobId === null ? null : (data?.job ?? null),
    log: log !== null && log.id === jobId ? log.lines : none,
    error,
  }
}
