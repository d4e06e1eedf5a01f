import { getJob, type Job, type JobAttempt } from '@sre-toolbox/contract/jobs'
import type { Command } from 'commander'
import { apiCommand, parseJobId } from '../api-options.ts'
import { connect } from '../connect.ts'
import type { ApiOptions, Context } from '../context.ts'
import { renderTable } from '../table.ts'
import { printable } from '../text.ts'
import { renderValue } from '../value.ts'
import { show, type View } from '../view.ts'
import { tookText } from './list.ts'
import { progressText } from './progress.ts'
import { paintStatus, statusText } from './status.ts'

export function createShowCommand(context: Context): Command {
  return apiCommand('show', 'Show a job with its input, result, error and attempts.')
    .argument('<job-id>', 'the job', parseJobId)
    .action(async (jobId: string, options: ApiOptions) => {
      const client = await connect(context, options)
      const answer = await client.call(getJob, { jobId })
      show(context, options, answer, (view) => renderJob(answer.job, view))
    })
}

function renderJob(job: Job, view: View): string {
  const title = printable(`${job.toolkit}.${job.operation}`)
  const facts: Record<string, unknown> = {
    id: job.id,
    'toolkit version': job.toolkitVersion,
    'requested by': job.requestedBy.name + (job.requestedBy.token ? ` (token ${job.requestedBy.token})` : ''),
    created: job.createdAt,
    'runs after': job.runAt,
    started: job.startedAt,
    ended: job.endedAt,
    took: tookText(job, view.now) || null,
    deadline: job.endedAt === null ? job.deadlineAt : null,
    priority: job.priority === 0 ? null : job.priority,
    progress: job.progress && job.endedAt === null ? progressText(job.progress) : null,
    error: job.error && `${job.error.code}: ${job.error.message}`,
    cancelled: cancellationText(job, view),
    'retry of': job.retryOf,
    schedule: job.scheduleId,
    'retried by': job.retries.length > 0 ? job.retries.join(', ') : null,
    'log lines': job.logLines,
  }
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null))
  const sections = [
    `${paintStatus(job.status, statusText(job.status), view)}  ${view.style('bold', title)}`,
    renderValue(known, view),
  ]
  if (job.attempts.length > 0) sections.push(section('Attempts', renderAttempts(job.attempts, view), view))
  sections.push(section('Input', renderValue(job.input, view), view))
  if (job.status === 'succeeded') sections.push(section('Result', renderValue(job.result, view), view))
  return sections.join('\n\n')
}

function renderAttempts(attempts: readonly JobAttempt[], view: View): string {
  return renderTable(
    attempts,
    [
      { title: '#', align: 'right', cell: (attempt) => String(attempt.attempt) },
      { title: 'OUTCOME', cell: (attempt) => attempt.outcome },
      { title: 'STARTED', cell: (attempt) => view.time(attempt.startedAt) },
      { title: 'TOOK', align: 'right', cell: (attempt) => tookText(attempt, view.now) },
      { title: 'WORKER', cell: (attempt) => printable(attempt.worker) },
      { title: 'ERROR', cell: (attempt) => printable(attempt.error?.message ?? '').replaceAll(/\s+/g, ' ') },
    ],
    view,
  )
}

function cancellationText(job: Job, view: View): string | null {
  const { cancellation } = job
  if (!cancellation) return null
  const how = cancellation.stage ? `, ended by: ${cancellation.stage.replaceAll('_', ' ')}` : ''
  const why = cancellation.reason ? `: ${cancellation.reason}` : ''
  return `${view.time(cancellation.at)} by ${cancellation.by}${why}${how}`
}

function section(title: string, body: string, view: View): string {
  return `${view.style('bold', title)}\n${body.replace(/^(?=.)/gm, '  ')}`
}
