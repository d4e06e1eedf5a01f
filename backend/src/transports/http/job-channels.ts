import { isTerminal, type JobSummary, type LogLine } from '@sre-toolbox/contract/jobs'
import type { EventBus } from '../../kernel/event-bus.ts'
import { createTicker } from './ticker.ts'

export interface JobsFeed {
  /** Rejects with `not_found`. */
  get(jobId: string): Promise<JobSnapshot>
  /** At most `limit` lines after `seq`, in order. */
  logsAfter(jobId: string, seq: number, limit: number): Promise<readonly LogLine[]>
}

export type JobSnapshot = JobSummary & { readonly revision: number }

/** What all watchers of one job read together. */
export interface JobChannel {
  readonly version: number
  /** The job as it was at or after the last wake-up. */
  snapshot(): Promise<JobSnapshot>
  /** JSON text of the newest progress, null when none was reported. */
  progress(): string | null
  /** The lines after `seq`, null when there are none yet. What a terminal snapshot was followed by is complete. */
  linesAfter(seq: number): Promise<LogChunk | null>
  /** Resolves when there may be something new since `version`. */
  changed(version: number): Promise<void>
  /** Makes everyone look again soon. */
  refresh(): void
  release(): void
}

export interface LogChunk {
  readonly lastSeq: number
  /** JSON text of the array of lines. */
  readonly json: string
}

export interface JobChannels {
  open(jobId: string): JobChannel
  close(): void
}

const chunkLines = 1000

/** One channel for each watched job: many watchers cost one read of each change. */
export function createJobChannels(feed: JobsFeed, events: EventBus, tickMs: number): JobChannels {
  const channels = new Map<string, SharedChannel>()
  const unsubscribe = [
    events.subscribe('job', ({ jobId }) => channels.get(jobId)?.refresh()),
    events.subscribe('log', ({ jobId }) => channels.get(jobId)?.ticker.touch()),
    events.subscribe('progress', ({ jobId, progress }) => channels.get(jobId)?.report(progress)),
  ]
  return {
    open(jobId) {
      const shared = channels.get(jobId) ?? createSharedChannel(jobId, feed, tickMs)
      channels.set(jobId, shared)
      return shared.join(() => channels.delete(jobId))
    },
    close() {
      for (const end of unsubscribe) end()
    },
  }
}

type SharedChannel = ReturnType<typeof createSharedChannel>

function createSharedChannel(jobId: string, feed: JobsFeed, tickMs: number) {
  const reads = new Map<number, Promise<LogChunk | null>>()
  const ticker = createTicker(tickMs, () => {
    reads.clear()
    if (stale) snapshot = null
    stale = false
  })
  let snapshot: Promise<JobSnapshot> | null = null
  let stale = false
  let progress: string | null = null
  /** Progress was reported since the job was read: the report is the newer one. */
  let reported = false
  let watchers = 0

  async function readSnapshot(): Promise<JobSnapshot> {
    const read = await feed.get(jobId)
    const ended = isTerminal(read.status)
    // A read of the log that began before may have missed the last lines.
    if (ended) reads.clear()
    if (ended || !reported) progress = toJson(read.progress)
    reported = false
    return read
  }

  async function readLines(seq: number): Promise<LogChunk | null> {
    const lines = await feed.logsAfter(jobId, seq, chunkLines)
    const last = lines.at(-1)
    return last ? { lastSeq: last.seq, json: JSON.stringify(lines) } : null
  }

  function refresh() {
    stale = true
    ticker.touch()
  }

  return {
    ticker,
    refresh,
    report(update: unknown) {
      progress = toJson(update)
      reported = true
      ticker.touch()
    },
    join(onEmpty: () => void): JobChannel {
      watchers++
      return {
        get version() {
          return ticker.version
        },
        snapshot() {
          snapshot ??= readSnapshot().catch((error: unknown) => {
            snapshot = null
            throw error
          })
          return snapshot
        },
        progress: () => progress,
        linesAfter(seq) {
          let read = reads.get(seq)
          if (!read) {
            read = readLines(seq)
            reads.set(seq, read)
            read.catch(() => reads.delete(seq))
          }
          return read
        },
        changed: (version) => ticker.after(version),
        refresh,
        release() {
          if (--watchers > 0) return
          ticker.stop()
          onEmpty()
        },
      }
    },
  }
}

function toJson(progress: unknown): string | null {
  return progress === null || progress === undefined ? null : JSON.stringify(progress)
}
