import { type JobProgress, logLevels } from '@sre-toolbox/contract/jobs'
import type { Runs } from '../adapters/sql/database.ts'
import { inRounds, type Lane } from '../adapters/sql/group-commit.ts'
import type { CancelRequest, Job } from './job.ts'
import type { Claim, ClaimAnswer, Ended, Finish, Holder, LimitsOf, NewJob, NewLogLine } from './ports.ts'
import { type JobRow, toClaimed, toJob } from './row.sql.ts'
import {
  type AttemptParams,
  cancelJob,
  claimJob,
  countRunning,
  type EndedRow,
  finishJob,
  insertAttempt,
  insertInput,
  insertJob,
  insertLine,
  insertResult,
  type LineParams,
  lockClaims,
  operationOf,
  updateProgress,
  whoHolds,
} from './statements.sql.ts'
import { tally } from './tallies.sql.ts'
import type { EndedJob } from './tallies.ts'

/*
 * The hot writes. Lanes run in this order within a transaction, so that of a cancellation and a finish that arrive
 * in the same moment the cancellation comes first, and a log line is always stored before the end of its attempt.
 */
const order = { insert: 10, cancel: 20, claim: 30, log: 40, progress: 50, finish: 60 }

/** Answers whether the row is new. */
export const insertLane: Lane<NewJob, boolean> = {
  order: order.insert,
  async apply(runs, jobs) {
    const params = jobs.map((job) => ({
      id: job.id,
      toolkit: job.toolkit,
      operation: job.operation,
      toolkitVersion: job.toolkitVersion,
      status: job.status,
      priority: job.priority,
      requestedBy: job.requestedBy.id,
      requestedName: job.requestedBy.name,
      requestedToken: job.requestedBy.token,
      requestedTokenId: job.requestedBy.tokenId,
      idempotencyKey: job.idempotencyKey,
      idempotent: job.idempotent ? 1 : 0,
      timeoutMs: job.timeoutMs,
      createdAt: job.createdAt,
      runAt: job.runAt,
      retryOf: job.retryOf,
      scheduleId: job.scheduleId,
    }))
    const inserted = new Set((await runs.bulk(insertJob, params)).map(({ id }) => id))
    const fresh = jobs.filter((job) => inserted.has(job.id))
    await runs.bulk(
      insertInput,
      fresh.map((job) => ({ id: job.id, input: JSON.stringify(job.input) })),
    )
    return jobs.map((job) => inserted.has(job.id))
  },
}

export function createClaimLane(limitsOf: LimitsOf): Lane<Claim, ClaimAnswer> {
  return {
    order: order.claim,
    async apply(runs, claims) {
      const limited = await overLimit(runs, claims, limitsOf)
      const allowed = claims.filter(({ jobId }) => !limited.has(jobId))
      const rows = await runs.bulk(claimJob, allowed)
      const claimed = new Map(rows.map((row) => [row.id, row]))
      return claims.map(({ jobId }): ClaimAnswer => {
        const row = claimed.get(jobId)
        // Of several claims of one job in the same moment, the first has it.
        claimed.delete(jobId)
        if (row) return { kind: 'claimed', job: toClaimed(row), input: JSON.parse(row.input) }
        const key = limited.get(jobId)
        return key === undefined ? { kind: 'gone' } : { kind: 'limited', key }
      })
    },
  }
}

/** The claims that would exceed a limit, each with what is full. Locks out other claimers only when a limit is at stake. */
async function overLimit(
  runs: Runs,
  claims: readonly Claim[],
  limitsOf: LimitsOf,
): Promise<Map<string, string>> {
  const over = new Map<string, string>()
  const bounded: { jobId: string; toolkit: string; operation: string }[] = []
  for (const { jobId } of claims) {
    const [row] = await runs.all(operationOf, { jobId })
    if (!row) continue
    const limits = limitsOf(row.toolkit, row.operation)
    if (limits.operation !== null || limits.toolkit !== null) bounded.push({ jobId, ...row })
  }
  if (bounded.length === 0) return over

  await runs.all(lockClaims, {})
  const running = new Map<string, number>()
  const add = (key: string, count: number) => running.set(key, (running.get(key) ?? 0) + count)
  for (const row of await runs.all(countRunning, {})) {
    add(row.toolkit, row.running)
    add(`${row.toolkit}.${row.operation}`, row.running)
  }
  for (const { jobId, toolkit, operation } of bounded) {
    const limits = limitsOf(toolkit, operation)
    const isFull = (key: string, limit: number | null) => limit !== null && (running.get(key) ?? 0) >= limit
    if (isFull(toolkit, limits.toolkit)) over.set(jobId, toolkit)
    else if (isFull(`${toolkit}.${operation}`, limits.operation)) over.set(jobId, `${toolkit}.${operation}`)
    else {
      add(toolkit, 1)
      add(`${toolkit}.${operation}`, 1)
    }
  }
  return over
}

export type LogAppend = Holder & { attempt: number; firstSeq: number; lines: readonly NewLogLine[] }

export const logLane: Lane<LogAppend, boolean> = {
  order: order.log,
  async apply(runs, appends) {
    const rows = await runs.bulk(whoHolds, [
      ...new Map(appends.map(toHolder).map((it) => [keyOf(it), it])).values(),
    ])
    const held = new Set(rows.map(keyOf))
    const lines: LineParams[] = []
    for (const append of appends) {
      if (!held.has(keyOf(append))) continue
      append.lines.forEach(({ at, level, text }, index) => {
        const { jobId, attempt, firstSeq } = append
        lines.push({ jobId, seq: firstSeq + index, at, attempt, level: logLevels.indexOf(level), text })
      })
    }
    await runs.bulk(insertLine, lines)
    return appends.map((append) => held.has(keyOf(append)))
  },
}

const keyOf = ({ jobId, fence }: Holder) => `${jobId} ${fence}`
const toHolder = ({ jobId, fence }: Holder): Holder => ({ jobId, fence })

export const progressLane: Lane<Holder & { progress: JobProgress; logLines: number }, boolean> = {
  order: order.progress,
  async apply(runs, saves) {
    const params = saves.map((save) => ({ ...save, progress: JSON.stringify(save.progress) }))
    const rows = await inOrder(params, (round) => runs.bulk(updateProgress, round))
    return rows.map((row) => row !== null)
  },
}

export function createCancelLane(shard: number): Lane<{ jobId: string; request: CancelRequest }, Job | null> {
  return {
    order: order.cancel,
    async apply(runs, requests) {
      const params = requests.map(({ jobId, request }) => ({
        jobId,
        cancellation: JSON.stringify(request),
        at: request.at,
        force: request.force ? 1 : 0,
      }))
      const rows = await inOrder(params, (round) => runs.bulk(cancelJob, round))
      await tally(runs, shard, rows.flatMap(toTallied))
      return rows.map((row) => row && toJob(row))
    },
  }
}

export const createFinishLane = (shard: number): Lane<Finish, Ended | null> => ({
  order: order.finish,
  async apply(runs, finishes) {
    const rows = await inOrder(finishes, async (round) => {
      const params = round.map((finish) => ({
        jobId: finish.jobId,
        fence: finish.fence,
        status: finish.status,
        at: finish.at,
        errorCode: finish.error?.code ?? null,
        errorMessage: finish.error?.message ?? null,
        stage: finish.stage,
        progress: finish.progress === null ? null : JSON.stringify(finish.progress),
        logLines: finish.logLines,
      }))
      const rows = await runs.bulk(finishJob, params)
      const byId = new Map(round.map((finish) => [finish.jobId, finish]))
      const attempts: AttemptParams[] = []
      const results: { jobId: string; result: string }[] = []
      for (const row of rows) {
        const finish = byId.get(row.id) as Finish
        // The latest attempt is told by the row itself; once another follows, this one is kept beside it.
        if (row.status === 'queued' || row.status === 'waiting_approval') {
          attempts.push({
            jobId: row.id,
            attempt: row.attempt,
            fence: row.fence,
            worker: row.held_by,
            startedAt: row.attempt_started_at ?? finish.at,
            endedAt: finish.at,
            outcome: finish.outcome,
            errorCode: finish.error?.code ?? null,
            errorMessage: finish.error?.message ?? null,
          })
        }
        if (row.status === 'succeeded')
          results.push({ jobId: row.id, result: JSON.stringify(finish.output ?? null) })
      }
      await runs.bulk(insertAttempt, attempts)
      await runs.bulk(insertResult, results)
      return rows
    })
    await tally(runs, shard, rows.flatMap(toTallied))
    return rows.map((row) => row && toEnded(row))
  },
})

type TalliedRow = Pick<JobRow, 'toolkit' | 'operation' | 'status' | 'started_at' | 'ended_at'>

/** A row that was changed counts when the change ended it. */
export function toTallied(row: TalliedRow | null): EndedJob[] {
  if (row === null || row.ended_at === null) return []
  const { toolkit, operation, status } = row
  return [{ toolkit, operation, status, startedAt: row.started_at, endedAt: row.ended_at }]
}

function toEnded({ id, status, revision, priority }: EndedRow): Ended {
  return { id, status: status as Ended['status'], revision, priority }
}

/** Applies in rounds, so that two writes to one job see each other, and answers each item with its row or null. */
async function inOrder<Item extends { jobId: string }, Row extends { id: string }>(
  items: readonly Item[],
  applyRound: (round: readonly Item[]) => Promise<Row[]>,
): Promise<(Row | null)[]> {
  const answers = new Map<Item, Row>()
  for (const round of inRounds(items, ({ jobId }) => jobId)) {
    const rows = new Map((await applyRound(round)).map((row) => [row.id, row]))
    for (const item of round) {
      const row = rows.get(item.jobId)
      if (row) answers.set(item, row)
    }
  }
  return items.map((item) => answers.get(item) ?? null)
}
