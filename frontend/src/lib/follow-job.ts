import type { Job, LogLine } from '@sre-toolbox/contract/jobs'
import type { JobStreamEvents } from '@sre-toolbox/contract/streams'
import { apiUrl } from './api-url.ts'
import type { App } from './app-context.ts'
import { jobQuery } from './queries.ts'

const againMs = 3000

/** Keeps a job that is cached up to date by the job's own stream until it has ended; returns what stops it. */
export function followJob(
  { api, queries }: App,
  id: string,
  log: {
    /** The log lines that are known already. */
    readonly count: () => number
    readonly append: (lines: readonly LogLine[]) => void
  },
): () => void {
  const { queryKey } = jobQuery(api, id)
  const update = (change: Partial<Job>) =>
    queries.setQueryData(queryKey, (known) => known && { job: { ...known.job, ...change } })
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined

  function open() {
    source = new EventSource(apiUrl(`/api/jobs/${id}/events?after=${log.count()}`))
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
