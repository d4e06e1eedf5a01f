import { type Job, readJobLogs } from '@sre-toolbox/contract/jobs'
import type { JobStreamEvents } from '@sre-toolbox/contract/streams'
import { useEffect, useState } from 'react'
import { type App, useApp } from '../../lib/app-context.ts'
import { isActive } from '../../lib/job-status.ts'
import { jobQuery } from '../../lib/queries.ts'
import { createLogWindow, type LogWindow } from './log/log-window.ts'

const againMs = 3000

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
  useEffect(() => (active ? openStream(app, id, log) : undefined), [active, app, id, log])
  return log
}

function openStream({ api, queries }: App, id: string, log: LogWindow): () => void {
  const { queryKey } = jobQuery(api, id)
  const update = (change: Partial<Job>) =>
    queries.setQueryData(queryKey, (known) => known && { job: { ...known.job, ...change } })
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined

  function open() {
    source = new EventSource(`/api/jobs/${id}/events?after=${log.count()}`)
    on('status', (job) => update(job))
    on('progress', (progress) => update({ progress }))
    on('log', (lines) => log.append(lines))
    on('end', ({ job }) => {
      source.close()
      update(job)
      void queries.invalidateQueries({ queryKey })
    })
    // By itself the browser goes on after the last event; a refusal is asked about, which offers to sign in again.
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED) return
      timer = setTimeout(() => {
        queries.refetchQueries({ queryKey }).then(open, () => {})
      }, againMs)
    }
  }
  function on<Name extends keyof JobStreamEvents>(name: Name, hear: (data: JobStreamEvents[Name]) => void) {
    source.addEventListener(name, ({ data }) => hear(JSON.parse(data)))
  }
  open()
  return () => {
    clearTimeout(timer)
    source.close()
  }
}
