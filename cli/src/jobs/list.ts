import { type JobSummary, listJobs } from '@sre-toolbox/contract/jobs'
import type { Command } from 'commander'
import { apiCommand, parseInteger } from '../api-options.ts'
import { wrongUsage } from '../command-error.ts'
import { connect } from '../connect.ts'
import type { ApiOptions, Context } from '../context.ts'
import { type Column, renderTable } from '../table.ts'
import { printable } from '../text.ts'
import { formatDuration, parseInstant } from '../time.ts'
import { show, type View } from '../view.ts'
import { paintStatus, parseStatuses, statusText } from './status.ts'

interface Options extends ApiOptions {
  readonly toolkit?: string
  readonly operation?: string
  readonly status?: string
  readonly requestedBy?: string
  readonly since?: string
  readonly until?: string
  readonly search?: string
  readonly limit?: number
  readonly cursor?: string
}

export function createListCommand(context: Context): Command {
  return apiCommand('list', 'List jobs, newest first.')
    .option('--toolkit <slug>', 'only of this toolkit')
    .option('--operation <name>', 'only of this operation')
    .option('--status <statuses>', 'only in these, with commas: queued,running')
    .option('--requested-by <who>', 'only of this user (id or name)')
    .option('--since <time>', 'only since an ISO 8601 time, or 15m, 2h, 3d ago')
    .option('--until <time>', 'only until a time, in the same forms')
    .option('--search <text>', 'only with this text in id, operation, requester or error')
    .option('--limit <n>', 'at most so many (25; up to 200)', parseInteger)
    .option('--cursor <cursor>', 'go on where the page before ended')
    .action(async (options: Options) => {
      const { toolkit, operation, status, requestedBy, since, until, search, limit, cursor } = options
      const filters = {
        toolkit,
        operation,
        status: status === undefined ? undefined : parseStatuses(status),
        requestedBy,
        since: toInstant('--since', since, context.now()),
        until: toInstant('--until', until, context.now()),
        q: search,
        limit,
        cursor,
      }
      const client = await connect(context, options)
      const answer = await client.call(listJobs, withoutUndefined(filters))
      show(context, options, answer, (view) => renderJobs(answer.items, view))
      if (!options.json && answer.nextCursor) {
        context.stderr.write(`There are more: add --cursor ${answer.nextCursor}\n`)
      }
    })
}

function renderJobs(jobs: readonly JobSummary[], view: View): string {
  if (jobs.length === 0) return 'No jobs match. Submit one with `toolbox run <slug>.<operation>`.'
  const columns: Column<JobSummary>[] = [
    { title: 'ID', cell: (job) => job.id },
    {
      title: 'STATUS',
      cell: (job) => statusText(job.status),
      paint: (job, text) => paintStatus(job.status, text, view),
    },
    { title: 'OPERATION', cell: (job) => printable(`${job.toolkit}.${job.operation}`) },
    { title: 'CREATED', cell: (job) => view.time(job.createdAt) },
    { title: 'TOOK', align: 'right', cell: (job) => tookText(job, view.now) },
    { title: 'BY', cell: (job) => printable(job.requestedBy.name) },
    { title: 'NOTE', cell: noteOf },
  ]
  return renderTable(jobs, columns, view)
}

/** How long it has been running, or ran. */
export function tookText(job: Pick<JobSummary, 'startedAt' | 'endedAt'>, now: number): string {
  if (job.startedAt === null) return ''
  return formatDuration((job.endedAt === null ? now : Date.parse(job.endedAt)) - Date.parse(job.startedAt))
}

function noteOf(job: JobSummary): string {
  const percent = job.progress?.percent
  const note = job.error
    ? job.error.message
    : job.endedAt === null
      ? [percent == null ? '' : `${Math.floor(percent)} %`, job.progress?.message ?? '']
          .filter(Boolean)
          .join(' ')
      : (job.cancellation?.reason ?? '')
  return printable(note).replaceAll(/\s+/g, ' ')
}

function toInstant(option: string, text: string | undefined, now: number): string | undefined {
  if (text === undefined) return undefined
  const instant = parseInstant(text, now)
  if (instant) return instant
  throw wrongUsage(
    `${option} ${text} is no time. Give one such as 2026-01-31T08:00:00Z, or 15m, 2h, 3d for ago.`,
  )
}

function withoutUndefined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(kept) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
