import type { JobStore, NewLogLine } from './ports.ts'

/** What one job may log, over all its attempts. */
const logLimits = { lines: 1_000_000, lineLength: 32_768 }

export interface AttemptLog {
  /** Resolves when the lines are durable: true, or false when the attempt no longer holds the job. */
  append(lines: readonly NewLogLine[]): Promise<boolean>
  /** The number of the last line handed to the store. */
  lastSeq(): number
}

/** Numbers an attempt's lines, cuts what is over the limits with a visible notice, and stores them. */
export function createAttemptLog(
  store: Pick<JobStore, 'appendLogs'>,
  holder: { jobId: string; fence: number; attempt: number; logLines: number },
): AttemptLog {
  const { jobId, fence, attempt } = holder
  let stored = holder.logLines
  return {
    lastSeq: () => stored,
    async append(given) {
      const room = logLimits.lines - stored
      if (room <= 0 || given.length === 0) return true
      const lines = given.slice(0, room).map(cut)
      const last = lines[lines.length - 1]
      if (given.length >= room && last) {
        const text = `The log is full at ${logLimits.lines} lines. What the job logs from here on is not kept.`
        lines[lines.length - 1] = { at: last.at, level: 'warn', text }
      }
      const firstSeq = stored + 1
      stored += lines.length
      return store.appendLogs({ jobId, fence, attempt, firstSeq, lines })
    },
  }
}

function cut(line: NewLogLine): NewLogLine {
  if (line.text.length <= logLimits.lineLength) return line
  const dropped = line.text.length - logLimits.lineLength
  return { ...line, text: `${line.text.slice(0, logLimits.lineLength)} … (${dropped} characters more)` }
}
