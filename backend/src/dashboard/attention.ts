import type { AttentionItem, DashboardCard } from '@sre-toolbox/contract/dashboard'
import type { JobStatus, JobSummary } from '@sre-toolbox/contract/jobs'
import type { ToolkitSummary } from '@sre-toolbox/contract/toolkits'
import { toInstant } from '../kernel/clock.ts'
import type { PausedSchedule } from './ports.ts'

/** A job that waits longer than this has nobody to run it, or too few. */
const longWaitMs = 60_000

export interface Situation {
  readonly now: number
  readonly counts: Readonly<Record<JobStatus, number>>
  readonly oldestQueuedAt: number | null
  readonly failed: { readonly since: number; readonly jobs: number; readonly latest: JobSummary | undefined }
  readonly toolkits: readonly ToolkitSummary[]
  readonly paused: readonly PausedSchedule[]
  readonly cards: readonly DashboardCard[]
}

/** What a person should look at, the worst first. */
export function attentionOf(situation: Situation): AttentionItem[] {
  const rank = { bad: 0, warn: 1, info: 2 }
  return [
    ...illToolkits(situation),
    ...alarmingCards(situation),
    ...failedJobs(situation),
    ...pausedSchedules(situation),
    ...waitingJobs(situation),
    ...waitingApprovals(situation),
    ...disabledToolkits(situation),
  ].sort((a, b) => rank[a.tone] - rank[b.tone])
}

const isIll = ({ enabled, health }: ToolkitSummary) =>
  enabled && (health.status === 'degraded' || health.status === 'unhealthy')

function illToolkits({ toolkits }: Situation): AttentionItem[] {
  return toolkits.filter(isIll).map(({ slug, name, health }) => ({
    kind: 'toolkit_ill',
    tone: health.status === 'unhealthy' ? 'bad' : 'warn',
    title: `${name} is ${health.status}`,
    says: health.message ?? 'Its health check gave no reason.',
    href: `/toolkits/${slug}`,
  }))
}

/** What toolkits watch may be ill while they are well; of one that is ill itself, that was said. */
function alarmingCards({ cards, toolkits }: Situation): AttentionItem[] {
  const ill = new Set(toolkits.filter(isIll).map(({ slug }) => slug))
  return cards.flatMap(({ toolkit, title, content }): AttentionItem[] => {
    if (content === null || ill.has(toolkit)) return []
    const { status, headline, rows } = content
    if (status !== 'degraded' && status !== 'unhealthy') return []
    const worst = rows.find((row) => row.status === status)
    return [
      {
        kind: 'card_alarm',
        tone: status === 'unhealthy' ? 'bad' : 'warn',
        title: `${title}: ${headline}`,
        says: worst ? `${worst.label}: ${worst.value}` : 'The toolkit says no more.',
        href: `/toolkits/${toolkit}`,
      },
    ]
  })
}

function failedJobs({ failed: { since, jobs, latest } }: Situation): AttentionItem[] {
  if (jobs === 0) return []
  return [
    {
      kind: 'jobs_failed',
      tone: 'bad',
      title: `${jobs.toLocaleString('en')} ${jobs === 1 ? 'job' : 'jobs'} failed in the last 24 hours`,
      says: latest
        ? `Latest: ${latest.toolkit}.${latest.operation}: ${latest.error?.message ?? latest.status}`
        : 'Retention has removed them since.',
      href: `/jobs?status=failed,lost&endedSince=${encodeURIComponent(toInstant(since))}`,
    },
  ]
}

function pausedSchedules({ paused }: Situation): AttentionItem[] {
  return paused.map(({ id, name, reason }) => ({
    kind: 'schedule_paused',
    tone: 'bad',
    title: `The schedule ${name} has paused itself`,
    says: reason ?? 'It gave no reason.',
    href: `/schedules/${id}`,
  }))
}

function waitingJobs({ now, counts, oldestQueuedAt }: Situation): AttentionItem[] {
  const waited = oldestQueuedAt === null ? 0 : now - oldestQueuedAt
  if (waited < longWaitMs) return []
  return [
    {
      kind: 'jobs_waiting',
      tone: 'warn',
      title: `The oldest queued job has waited ${Math.floor(waited / 60_000).toLocaleString('en')} min`,
      says: `${counts.queued.toLocaleString('en')} wait. Add workers, or raise the limits of the operation.`,
      href: '/jobs?status=queued',
    },
  ]
}

function waitingApprovals({ counts: { waiting_approval: jobs } }: Situation): AttentionItem[] {
  if (jobs === 0) return []
  return [
    {
      kind: 'approvals_waiting',
      tone: 'warn',
      title: `${jobs.toLocaleString('en')} ${jobs === 1 ? 'job needs' : 'jobs need'} approval`,
      says: 'They start when somebody has said yes.',
      href: '/jobs?status=waiting_approval',
    },
  ]
}

function disabledToolkits({ toolkits }: Situation): AttentionItem[] {
  return toolkits
    .filter(({ enabled }) => !enabled)
    .map(({ slug, name, switched }) => ({
      kind: 'toolkit_disabled',
      tone: 'info',
      title: `${name} is disabled`,
      says: switched?.by
        ? `By ${switched.by}: ${switched.why ?? 'no reason given'}`
        : 'Its operations are refused until it is enabled again.',
      href: `/toolkits/${slug}`,
    }))
}
