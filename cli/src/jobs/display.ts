import type { Job, JobProgress, JobStatus, LogLine } from '@sre-toolbox/contract/jobs'
import { isTerminal } from '@sre-toolbox/contract/jobs'
import type { ApiOptions, Context } from '../context.ts'
import { clip, printable } from '../text.ts'
import { createView, type View } from '../view.ts'
import type { Follower } from './follow.ts'
import { progressBar, progressText } from './progress.ts'
import { paintStatus, statusText } from './status.ts'

export interface Display extends Follower {
  /** A word besides the job's own, such as that the connection was lost. */
  notice(text: string): void
  /** Takes away what is redrawn in place. */
  close(): void
}

export const levels = ['debug', 'info', 'warn', 'error'] as const
const levelColours = { debug: 'dim', info: 'reset', warn: 'yellow', error: 'red' } as const

/** Log lines on standard output; on a terminal one line of progress stays below them, otherwise changes are lines. */
export function createDisplay(context: Context, options: ApiOptions): Display {
  return context.stderr.isTTY ? createLiveDisplay(context, options) : createPlainDisplay(context, options)
}

/** One event a line, as JSON. */
export function createJsonDisplay(context: Context): Display {
  const write = (event: string, data: unknown) =>
    void context.stdout.write(`${JSON.stringify({ event, data })}\n`)
  return {
    log: (lines) => write('log', lines),
    progress: (progress) => write('progress', progress),
    status: (job) => write('status', job),
    notice: (text) => void context.stderr.write(`${text}\n`),
    close: () => {},
  }
}

function createPlainDisplay(context: Context, options: ApiOptions): Display {
  const view = createView(context, options)
  const notice = (text: string) => void context.stderr.write(`${text}\n`)
  let status: JobStatus | null = null
  let step = ''
  return {
    log: (lines) => void context.stdout.write(renderLog(lines, view, options)),
    progress(progress) {
      // Every tenth part and every new message is worth a line; every change would drown the log.
      const next = `${Math.floor((progress.percent ?? 0) / 10)} ${progress.message}`
      if (next !== step) notice(progressText(progress))
      step = next
    },
    status(job) {
      if (job.status !== status && !isTerminal(job.status)) notice(statusText(job.status))
      status = job.status
    },
    notice,
    close: () => {},
  }
}

function createLiveDisplay(context: Context, options: ApiOptions): Display {
  const view = createView(context, options)
  const statusView = createView(context, options, context.stderr)
  const { stdout, stderr } = context
  let status: JobStatus = 'queued'
  let progress: JobProgress | null = null
  let drawn = false

  function erase(): void {
    if (drawn) stderr.write('\r\x1b[K')
    drawn = false
  }
  function draw(): void {
    erase()
    if (isTerminal(status)) return
    const bar = progress ? progressBar(progress.percent, 20) : ''
    const rest = progress ? progressText(progress) : ''
    const text = clip([statusText(status), bar, rest].filter(Boolean).join('  '), (stderr.columns || 80) - 1)
    stderr.write(`${paintStatus(status, text, statusView)}`)
    drawn = true
  }
  function above(write: () => void): void {
    erase()
    write()
    draw()
  }
  return {
    log: (lines) => above(() => stdout.write(renderLog(lines, view, options))),
    progress(next) {
      progress = next
      draw()
    },
    status(job) {
      status = job.status
      draw()
    },
    notice: (text) => above(() => stderr.write(`${text}\n`)),
    close: erase,
  }
}

function renderLog(lines: readonly LogLine[], view: View, options: ApiOptions): string {
  return lines.map((line) => `${renderLogLine(line, view, options)}\n`).join('')
}

/** `14:03:07.120 warn  text`; with --utc the whole time. */
export function renderLogLine(line: LogLine, view: View, options: ApiOptions): string {
  const time = options.utc ? line.at : localTime(line.at)
  const text = printable(line.text).replaceAll('\n', '\n    ')
  return `${view.style('dim', time)} ${view.style(levelColours[line.level], `${line.level.padEnd(5)} ${text}`)}`
}

function localTime(instant: string): string {
  const at = new Date(instant)
  const two = (value: number) => String(value).padStart(2, '0')
  const milliseconds = String(at.getMilliseconds()).padStart(3, '0')
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${milliseconds}`
}

/** One line that says how the job ended. */
export function renderEnd(job: Job, view: View): string {
  const head = paintStatus(job.status, statusText(job.status), view)
  const why = job.error
    ? `${job.error.code}: ${job.error.message}`
    : (job.cancellation?.reason ?? (job.cancellation ? `by ${job.cancellation.by}` : ''))
  return `${head}  ${job.id}${why ? `  ${printable(why)}` : ''}`
}
