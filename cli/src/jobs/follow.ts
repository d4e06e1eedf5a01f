import { getJob, type Job, type JobProgress, type JobSummary, type LogLine } from '@sre-toolbox/contract/jobs'
import type { Client } from '../client.ts'
import { readJobStream, type StreamOptions } from './job-stream.ts'

export interface Follower {
  /** Lines of the log: each once, in order, without gaps. */
  log(lines: readonly LogLine[]): void
  progress(progress: JobProgress): void
  status(job: JobSummary): void
}

/** Follows a job to its end and returns it as it ended; null when it was told to stop watching. */
export async function followJob(
  client: Client,
  jobId: string,
  follower: Follower,
  options: StreamOptions & { readonly mayShow: () => Promise<void> },
): Promise<Job | null> {
  for await (const { event, data } of readJobStream(client, jobId, options)) {
    await options.mayShow()
    if (options.signal.aborted) break
    if (event === 'log') follower.log(data)
    if (event === 'progress') follower.progress(data)
    if (event === 'status') follower.status(data)
  }
  if (options.signal.aborted) return null
  return (await client.call(getJob, { jobId })).job
}
