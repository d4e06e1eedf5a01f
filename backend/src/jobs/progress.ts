import type { JobProgress } from '@sre-toolbox/contract/jobs'
import type { ProgressUpdate } from './ports.ts'

export const noProgress: JobProgress = {
  percent: null,
  message: null,
  steps: [],
  done: null,
  total: null,
  unit: null,
  throughput: null,
  remainingSeconds: null,
}

/** The report with an update applied; rate and time left follow from what is done of how much, since when. */
export function advance(before: JobProgress, update: ProgressUpdate, elapsedMs: number): JobProgress {
  const { done, total } = { ...before, ...update }
  const share = done !== null && total !== null && total > 0 ? Math.min(1, done / total) : null
  const percent = update.percent ?? (share === null ? before.percent : share * 100)
  const rate = done !== null && done > 0 && elapsedMs > 0 ? done / (elapsedMs / 1000) : null
  return {
    ...before,
    ...update,
    percent: percent === null ? null : Math.min(100, Math.max(0, Math.round(percent * 10) / 10)),
    throughput: rate === null ? null : Math.round(rate * 100) / 100,
    remainingSeconds:
      rate === null || total === null || done === null
        ? null
        : Math.max(0, Math.round((total - done) / rate)),
  }
}
