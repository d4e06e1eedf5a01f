import { isTerminal } from '@sre-toolbox/contract/jobs'
import type { JobChannel } from './job-channels.ts'
import type { EventStream } from './sse.ts'

/**
 * Sends a job from what it is now to its end. Reads at the client's pace: a slow one falls behind and costs no memory.
 * Resolves when the stream is closed; rejects when the job can't be read.
 */
export async function sendJob(stream: EventStream, channel: JobChannel, afterSeq: number): Promise<void> {
  let seq = afterSeq
  let sentRevision: number | null = null
  let sentProgress: string | null = null

  while (!stream.closed) {
    const { version } = channel
    const snapshot = await channel.snapshot()
    const eventId = () => `${seq}-${snapshot.revision}`

    if (snapshot.revision !== sentRevision) {
      sentRevision = snapshot.revision
      stream.send('status', JSON.stringify(snapshot), eventId())
    }
    const progress = channel.progress()
    if (progress !== null && progress !== sentProgress) {
      sentProgress = progress
      stream.send('progress', progress, eventId())
    }
    const lines = await channel.linesAfter(seq)
    if (lines) {
      seq = lines.lastSeq
      stream.send('log', lines.json, eventId())
      await stream.drained()
      continue
    }
    if (isTerminal(snapshot.status)) {
      stream.send('end', JSON.stringify({ status: snapshot.status, job: snapshot }), eventId())
      stream.close()
      return
    }
    await channel.changed(version)
  }
}
