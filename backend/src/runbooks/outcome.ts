import type { RunReport, RunSummary } from '@sre-toolbox/contract/codex-runs'
import { isTerminal, type JobStatus } from '@sre-toolbox/contract/jobs'
import { toInstant } from '../kernel/clock.ts'
import type { ListedRun } from './ports.ts'

/** It has not come to its end, so far as it knows itself. */
export const isOpen = ({ outcome }: RunReport) => outcome === 'running' || outcome === 'waiting'

/** A run whose job was stopped, lost or given up could not say so itself. */
export function settled(report: RunReport, jobStatus: JobStatus | null): RunReport {
  if (!isOpen(report) || (jobStatus !== null && !isTerminal(jobStatus))) return report
  const outcome = jobStatus === 'cancelled' ? 'cancelled' : 'failed'
  const underWay = report.steps.filter(({ status }) => status === 'running')
  return {
    ...report,
    outcome,
    findings: [
      ...report.findings,
      {
        code: 'stopped',
        message: `Its job ended as ${jobStatus ?? 'removed'} before the run came to its end.`,
      },
      ...underWay.map(({ title }) => ({
        code: 'effect_unknown',
        message: `“${title}” was under way then; whether it took effect is not known.`,
      })),
    ],
  }
}

export function toRunSummary(
  { id, workspaceId, requestedBy, createdAt, journalled, journalRefusal, report }: ListedRun,
  jobStatus: JobStatus | null,
): RunSummary {
  const { task, title, outcome, steps } = settled(report, jobStatus)
  const waiting = outcome === 'waiting' ? steps.find(({ status }) => status === 'waiting') : undefined
  return {
    id,
    task,
    title,
    workspaceId,
    requestedBy: requestedBy.name,
    createdAt: toInstant(createdAt),
    outcome,
    jobStatus,
    journalled: workspaceId === null ? null : journalled,
    journalRefusal,
    waitingFor: waiting
      ? { step: waiting.id, title: waiting.title, question: waiting.approval?.question ?? '' }
      : null,
  }
}
