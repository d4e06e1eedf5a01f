import type { JobStore, NewLogLine } from './ports.ts'

/** What one job may log, over all its attempts. */
const logLimits = { lines: 1_000_000, lineLength: 32_768 }

export interface AttemptLog {
  /** Resolves when the lines are durable: true, or false when the attempt no longer holds the job. */
  append(lines: readonly NewLogLine[]): Promise<boolean>
  /** The number of the last line that is stored. */
  lastSeq(): number
  /** Resolves when all that was appended before is stored, or refused. */
  settled(): Promise<void>
}

/** Numbers an attempt's lines, cuts what is over the limits with a visible notice, and stores them. */
export function createAttemptLog(
  store: Pick<JobStore, 'appendLogs'>,
  holder: { jobId: string; fence: number; attempt: number; logLines: number },
): AttemptLog {
  const { jobId, fence, attempt } = holder
  let stored = holder.logLines
  let last: Promise<unknown> = Promise.resolve()

  async function write(given: readonly NewLogLine[]): Promise<boolean> {
    const room = logLimits.lines - stored
    if (room <= 0 || given.length === 0) return true
    const lines = given.slice(0, room).map(cut)
    const final = lines[lines.length - 1]
    if (given.length >= room && final) {
      const text = `The log is full at ${logLimits.lines} lines. What the job logs from here on is not kept.`
      lines[lines.length - 1] = { at: final.at, level: 'warn', text }
    }
    const held = await store.appendLogs({ jobId, fence, attempt, firstSeq: stored + 1, lines })
    if (held) stored += lines.length
    return held
  }

  return {
    lastSeq: () => stored,
    append(lines) {
      // One after the other: what could not be stored takes no number.
      const written = last.then(() => write(lines))
      last = written.catch(() => {})
      return written
    },
    async settled() {
      await last
    },
  }
}

function cut(line: NewLogLine): NewLogLine {
  if (line.text.length <= logLimits.lineLength) return line
  const dropped = line.text.length - logLimits.lineLength
  return { ...line, text: `${line.text.slice(0, logLimits.lineLength)} … (${dropped} characters more)` }
}
