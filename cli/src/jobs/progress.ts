import type { JobProgress } from '@sre-toolbox/contract/jobs'
import { printable } from '../text.ts'
import { formatDuration } from '../time.ts'

/** `42 %  120/300 probes  12.3/s  15 s left  step 2/4 Measure  message`, of what is known. */
export function progressText(progress: JobProgress): string {
  const { percent, done, total, unit, throughput, remainingSeconds, message } = progress
  const unitText = unit ? ` ${unit}` : ''
  const parts = [
    percent === null ? null : `${Math.floor(percent)} %`,
    done === null ? null : `${done}${total === null ? '' : `/${total}`}${unitText}`,
    throughput === null ? null : `${significant(throughput)}/s`,
    remainingSeconds ? `${timeLeft(remainingSeconds)} left` : null,
    stepText(progress.steps),
    message,
  ]
  return printable(parts.filter((part) => part).join('  ')).replaceAll(/[\n\t]+/g, ' ')
}

/** `[██████░░░░]`; empty where no percentage is known. */
export function progressBar(percent: number | null, width: number): string {
  if (percent === null) return ''
  const full = Math.round((Math.min(100, Math.max(0, percent)) / 100) * width)
  return `[${'█'.repeat(full)}${'░'.repeat(width - full)}]`
}

function stepText(steps: JobProgress['steps']): string | null {
  const at = steps.findLastIndex((step) => step.status !== 'pending')
  const step = steps[at]
  return step ? `step ${at + 1}/${steps.length} ${step.title}` : null
}

function timeLeft(seconds: number): string {
  return seconds < 60 ? `${Math.ceil(seconds)} s` : formatDuration(seconds * 1000)
}

function significant(rate: number): string {
  return rate >= 100 ? String(Math.round(rate)) : rate.toPrecision(2)
}
