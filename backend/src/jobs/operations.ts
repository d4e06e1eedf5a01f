import * as contract from '@sre-toolbox/contract/jobs'
import { requireRole } from '../kernel/authorise.ts'
import { toInstantOrNull } from '../kernel/clock.ts'
import { ToolboxError } from '../kernel/errors.ts'
import { bind, type Operation, type Submission } from '../kernel/operation.ts'
import { type Job, toSummary } from './job.ts'
import type { Jobs } from './jobs.ts'
import type { LogWindow } from './ports.ts'

/** A search looks at so many lines of a log at once: no longer, however long the log is. */
const searchWindow = 20_000

/** Binds the contract's job operations to their use cases. */
export function createJobOperations(
  jobs: Jobs,
  /** The id of a user by name; null when nobody is called that. */
  userIdOf: (name: string) => Promise<string | null>,
): Operation[] {
  // The store answers the same object for a job that has ended, and what is said of it stays.
  const summaries = new WeakMap<Job, contract.JobSummary>()
  function summaryOf(job: Job): contract.JobSummary {
    let summary = summaries.get(job)
    if (!summary) {
      summary = job.endedAt === null ? toSummary(job) : Object.freeze(toSummary(job))
      summaries.set(job, summary)
    }
    return summary
  }

  return [
    bind(contract.submitJob, async (input, context) => {
      const submission: Submission = {
        asJob: true,
        priority: input.priority,
        ...(input.runAt === undefined ? {} : { runAt: Date.parse(input.runAt) }),
        ...(input.idempotencyKey === undefined ? {} : { idempotencyKey: input.idempotencyKey }),
        ...(input.reason && { reason: input.reason }),
      }
      const output = await context.run(`${input.toolkit}.${input.operation}`, input.input, submission)
      return output as { job: contract.JobSummary }
    }),
    bind(contract.listJobs, async ({ cursor, limit, requestedBy, ...filter }) => {
      const page = await jobs.list(
        {
          ...filter,
          requestedBy: requestedBy && ((await userIdOf(requestedBy)) ?? requestedBy),
          since: toTime(filter.since),
          until: toTime(filter.until),
          endedSince: toTime(filter.endedSince),
          endedUntil: toTime(filter.endedUntil),
        },
        { cursor: cursor === undefined ? null : readCursor(cursor), limit },
      )
      return { items: page.jobs.map(summaryOf), nextCursor: page.cursor && writeCursor(page.cursor) }
    }),
    bind(contract.countJobs, async () => {
      const { counts, oldestQueuedAt } = await jobs.counts()
      return { counts, oldestQueuedAt: toInstantOrNull(oldestQueuedAt) }
    }),
    bind(contract.getJob, async ({ jobId }) => {
      const { job, ...rest } = await jobs.details(jobId)
      return { job: { ...toSummary(job), ...rest, ...deadlineOf(job), idempotent: job.idempotent } }
    }),
    bind(contract.readJobLogs, async (window) => {
      const narrowed = window.q !== undefined || window.level !== undefined
      const { lines, job } = await jobs.logs(narrowed ? { ...window, atMost: searchWindow } : window)
      const nextCursor = cursorAfter(window, narrowed, lines, job.logLines)
      return {
        items: lines,
        nextCursor: nextCursor === null ? null : String(nextCursor),
        total: job.logLines,
      }
    }),
    bind(contract.cancelJob, async ({ jobId, reason, force }, context) => {
      const before = await jobs.inspect(jobId)
      const job = await jobs.cancel(jobId, context.caller.name, { reason: reason ?? null, force })
      context.note(reason ?? 'no reason given')
      return { job: toSummary(job), broker: { before, after: await jobs.inspect(jobId) } }
    }),
    bind(contract.retryJob, async ({ jobId, input, reason, idempotencyKey }, context) => {
      // What it tells of the job before it is run again is for those who may see jobs.
      requireRole(context.caller, contract.retryJob.id, 'toolkit.user')
      const { job: parent, input: earlier } = await jobs.details(jobId)
      if (!contract.isTerminal(parent.status)) {
        throw new ToolboxError(
          'conflict',
          `Job ${jobId} is still ${parent.status}. Cancel it first, or wait for its end.`,
          {
            currentVersion: parent.status,
          },
        )
      }
      const before = await jobs.inspect(jobId)
      const submission: Submission = {
        asJob: true,
        priority: parent.priority,
        retryOf: jobId,
        ...(reason === undefined ? {} : { reason }),
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      }
      const output = await context.run(`${parent.toolkit}.${parent.operation}`, input ?? earlier, submission)
      const { job } = output as { job: contract.JobSummary }
      return { job, broker: { before, after: await jobs.inspect(job.id) } }
    }),
    bind(contract.inspectJob, ({ jobId }) => jobs.inspect(jobId)),
  ]
}

/** The line from which to read on, in the direction of the window; null at the end of the log. */
function cursorAfter(
  { after, before, limit }: LogWindow,
  narrowed: boolean,
  lines: readonly contract.LogLine[],
  total: number,
): number | null {
  const backwards = before !== undefined && after === undefined
  const isFull = lines.length === limit
  if (isFull || !narrowed) return isFull ? ((backwards ? lines[0] : lines.at(-1))?.seq ?? null) : null
  if (backwards) return before - searchWindow > 1 ? before - searchWindow : null
  const looked = (after ?? 0) + searchWindow
  return looked < total ? looked : null
}

const toTime = (instant: string | undefined) => (instant === undefined ? undefined : Date.parse(instant))

function deadlineOf(job: Job): { deadlineAt: string | null } {
  const started = job.attemptStartedAt
  return { deadlineAt: toInstantOrNull(started === null ? null : started + job.timeoutMs) }
}

function writeCursor(id: string): string {
  return Buffer.from(id).toString('base64url')
}

function readCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString()
  if (!/^[0-9a-f-]{36}$/.test(id)) {
    const message = 'not a cursor of this list: take `nextCursor` from the page before, or leave it out'
    throw new ToolboxError('validation_failed', `\`cursor\`: ${message}`, {
      errors: [{ path: 'cursor', message }],
    })
  }
  return id
}
