import { type JobStatus, jobStatuses } from '@sre-toolbox/contract/jobs'
import { didYouMean } from '@sre-toolbox/contract/nearest'
import { wrongUsage } from '../command-error.ts'
import type { View } from '../view.ts'

const marks: Readonly<Record<JobStatus, { mark: string; colour: Parameters<View['style']>[0] }>> = {
  scheduled: { mark: '◷', colour: 'cyan' },
  waiting_approval: { mark: '◇', colour: 'magenta' },
  queued: { mark: '○', colour: 'cyan' },
  running: { mark: '●', colour: 'blue' },
  cancelling: { mark: '◐', colour: 'yellow' },
  succeeded: { mark: '✓', colour: 'green' },
  failed: { mark: '✗', colour: 'red' },
  cancelled: { mark: '⊘', colour: 'yellow' },
  lost: { mark: '?', colour: 'red' },
}

/** Status as shape and word; `paintStatus` adds the colour. */
export function statusText(status: JobStatus): string {
  return `${marks[status].mark} ${status}`
}

export function paintStatus(status: JobStatus, text: string, view: View): string {
  return view.style(marks[status].colour, text)
}

/** Statuses given with commas, each a known one. */
export function parseStatuses(text: string): JobStatus[] {
  return text.split(',').map((word) => {
    const known = jobStatuses.find((status) => status === word.trim())
    if (known) return known
    throw wrongUsage(
      `There is no job status "${word.trim()}".${didYouMean(word.trim(), jobStatuses)} They are ${jobStatuses.join(', ')}.`,
    )
  })
}
