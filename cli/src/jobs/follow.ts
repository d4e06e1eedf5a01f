import {
  getJob,
  type Job,
  type JobProgress,
  type JobStatus,
  type LogLine,
  readJobLogs,
} from '@sre-toolbox/contract/jobs'
import type { Client } from '../client.ts'
import { type JobEvent, readJobStream, type StreamOptions } from './job-stream.ts'

export interface Follower {
  /** Every line of the log, once, in order, without gaps. */
  line(line: LogLine): void
  progress(progress: JobProgress): void
  status(status: JobStatus): void
}

/** Follows a job to its end and returns it as it ended; null when it was told to stop watching. */
export async function followJob(
  client: Client,
  jobId: string,
  follower: Follower,
  options: StreamOptions & { readonly after?: number },
): Promise<Job | null> {
  let seen = options.after ?? 0

  /** Lines that the stream skipped, as after a long break, are read from the log itself. */
  async function catchUp(until: number): Promise<void> {
    while (seen < until) {
      const { items } = await client.call(readJobLogs, { jobId, after: seen, limit: 5000 })
      if (items.length === 0) return
      for (const line of items) emit(line)
    }
  }

  function emit(line: LogLine): void {
    if (line.seq <= seen) return
    seen = line.seq
    follower.line(line)
  }

  for await (const event of readJobStream(client, jobId, options)) {
    const told = readEvent(event)
    for (const line of told.lines) {
      if (line.seq > seen + 1) await catchUp(line.seq - 1)
      emit(line)
    }
    if (told.progress) follower.progress(told.progress)
    if (told.status) follower.status(told.status)
  }
  if (options.signal.aborted) return null
  const { job } = await client.call(getJob, { jobId })
  await catchUp(job.logLines)
  return job
}

interface Told {
  readonly lines: readonly LogLine[]
  readonly progress: JobProgress | null
  readonly status: JobStatus | null
}

function readEvent({ event, data }: JobEvent): Told {
  const nothing: Told = { lines: [], progress: null, status: null }
  if (event === 'log') return { ...nothing, lines: [data as LogLine] }
  if (event === 'progress') return { ...nothing, progress: data as JobProgress }
  if (event === 'status') return { ...nothing, status: (data as { status: JobStatus }).status }
  return nothing
}
