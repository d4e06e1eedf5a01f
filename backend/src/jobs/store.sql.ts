import {
  activeStatuses,
  type JobStatus,
  jobStatuses,
  logLevels,
  terminalStatuses,
} from '@sre-toolbox/contract/jobs'
import { sql } from 'kysely'
import { createChanges } from '../adapters/sql/changes.ts'
import { containing } from '../adapters/sql/containing.ts'
import type { Database, Runs } from '../adapters/sql/database.ts'
import type { Lane } from '../adapters/sql/group-commit.ts'
import { statement } from '../adapters/sql/statement.ts'
import { type Job, maxAttemptsByWorkers } from './job.ts'
import {
  createCancelLane,
  createClaimLane,
  createFinishLane,
  insertLane,
  logLane,
  progressLane,
  toTallied,
} from './lanes.sql.ts'
import { createJobList, firstIdAt } from './list.sql.ts'
import type { JobStore, LimitsOf, WorkerLease } from './ports.ts'
import { type AttemptRow, type JobRow, jobColumns, toAttemptEntity, toJob } from './row.sql.ts'
import { transition } from './state-machine.ts'
import { insertAttempt, resumeJob } from './statements.sql.ts'
import { shardOf, tally } from './tallies.sql.ts'
import { sinceEver } from './tallies.ts'

const byId = statement<{ id: string }, JobRow>(
  { id: 'text' },
  `select ${jobColumns} from jobs where id = $id`,
)
const byKey = statement<{ requestedBy: string; key: string }, JobRow>(
  { requestedBy: 'text', key: 'text' },
  `select ${jobColumns} from jobs where requested_by = $requestedBy and idempotency_key = $key`,
)
const urgent = statement<{ limit: number }, WaitingRow>(
  { limit: 'integer' },
  `select id, priority from jobs where status = 'queued' and priority <> 0 order by priority desc, id limit $limit`,
)
const oldest = statement<{ limit: number }, WaitingRow>(
  { limit: 'integer' },
  `select id, priority from jobs where status = 'queued' order by id limit $limit`,
)
/** A job is made before it ends, and ids are made in the order of time: newer ones need no look. */
const endedEarlier = statement<
  { status: string; endedBefore: number; madeBefore: string; limit: number },
  { id: string }
>(
  { status: 'text', endedBefore: 'bigint', madeBefore: 'text', limit: 'integer' },
  `select id from jobs where status = $status and id < $madeBefore and ended_at < $endedBefore
   order by id limit $limit`,
)
const madeEarlier = statement<{ status: string; before: string; limit: number }, { id: string }>(
  { status: 'text', before: 'text', limit: 'integer' },
  'select id from jobs where status = $status and id < $before order by id limit $limit',
)
const newestFrom = statement<{ offset: number }, { id: string }>(
  { offset: 'integer' },
  'select id from jobs order by id desc limit 1 offset $offset',
)
const promote = statement<{ now: number; limit: number }, JobRow>(
  { now: 'bigint', limit: 'integer' },
  `update jobs set status = 'queued', revision = revision + 1
   where status = 'scheduled' and id in (
     select id from jobs where status = 'scheduled' and run_at <= $now order by run_at limit $limit)
   returning ${jobColumns}`,
)
const beat = statement<{ id: string; at: number }, { id: string }>(
  { id: 'text', at: 'bigint' },
  'update workers set heartbeat_at = $at where id = $id returning id',
)
const heldBy = statement<{ worker: string }, JobRow>(
  { worker: 'text' },
  `select ${jobColumns} from jobs where status in ('running', 'cancelling') and worker = $worker`,
)
const takeAway = statement<
  { jobId: string; status: string; at: number; stage: string; message: string },
  JobRow
>(
  { jobId: 'text', status: 'text', at: 'bigint', stage: 'text', message: 'text' },
  `update jobs set status = $status, fence = jobs.fence + 1, revision = jobs.revision + 1,
     log_lines = (select coalesce(max(seq), 0) from job_logs where job_logs.job_id = jobs.id),
     ended_at = case when $status = 'queued' then null else $at end,
     cancel_stage = case when $status = 'cancelled' then $stage else null end,
     error_code = case when $status = 'lost' then 'worker_lost' else null end,
     error_message = case when $status = 'lost' then $message else null end
   {rows} where jobs.id = $jobId returning ${jobColumns}`,
)
/** Those that have not ended are few; those that have are counted already. */
const countByStatus = statement<Record<string, never>, { status: string; jobs: number }>(
  {},
  `select status, count(*) as jobs from jobs
   where status in (${activeStatuses.map((status) => `'${status}'`).join()}) group by status
   union all
   select status, cast(sum(jobs) as bigint) as jobs from job_tallies where span = ${sinceEver} group by status`,
)
const oldestQueued = statement<Record<string, never>, { created_at: number }>(
  {},
  `select created_at from jobs where status = 'queued' order by id limit 1`,
)

/** A long log goes in parts, between which others have their turn. */
const linesAtOnce = 5000
const deleteLines = statement<{ jobId: string; limit: number }, { seq: number }>(
  { jobId: 'text', limit: 'integer' },
  `delete from job_logs where job_id = $jobId and seq in (
     select seq from job_logs where job_id = $jobId order by seq limit $limit) returning seq`,
)

const notRepeatable =
  'The worker that ran the job went away, and the operation is not safe to repeat by itself. Check its effects, then retry.'
const repeatedEnough = `The worker that ran the job went away, and it was tried ${maxAttemptsByWorkers} times. The server's log says why workers end; then retry.`

interface WaitingRow {
  id: string
  priority: number
}

/** Jobs in SQL. The hot writes go through lanes that share transactions. `writer` tells this process from others. */
export function createJobStore(db: Database, limitsOf: LimitsOf, writer = ''): JobStore {
  const shard = shardOf(writer)
  const claimLane = createClaimLane(limitsOf)
  const cancelLane = createCancelLane(shard)
  const finishLane = createFinishLane(shard)
  const { groupCommit } = db
  const change = createChanges(db)

  const reapLane: Lane<{ worker: string; at: number }, Job[]> = {
    order: 70,
    async apply(runs, dead) {
      const answers: Job[][] = []
      for (const { worker, at } of dead) answers.push(await reapWorker(runs, shard, worker, at))
      return answers
    },
  }

  async function findByIdempotencyKey(requestedBy: string, key: string) {
    const [row] = await db.all(byKey, { requestedBy, key })
    return row ? toJob(row) : null
  }

  async function get(jobId: string) {
    const [row] = await db.all(byId, { id: jobId })
    return row ? toJob(row) : null
  }

  return {
    async insert(job, alongside = async () => {}) {
      const [fresh] = await groupCommit.together(() =>
        Promise.all([groupCommit.add(insertLane, job), alongside()]),
      )
      const stored = fresh
        ? fromNew(job)
        : await findByIdempotencyKey(job.requestedBy.id, job.idempotencyKey ?? '')
      if (!stored) throw new Error(`job ${job.id} was refused by the database without a reason`)
      return { job: stored, replayed: !fresh }
    },
    findByIdempotencyKey,
    claim: (claim) => groupCommit.add(claimLane, claim),
    appendLogs: (append) => groupCommit.add(logLane, append),
    saveProgress: (save) => groupCommit.add(progressLane, save),
    finish: (finish) => groupCommit.add(finishLane, finish),
    async resume(jobId) {
      const [row] = await change((runs) => runs.all(resumeJob, { jobId }))
      return row ? toJob(row) : null
    },
    requestCancel: (request) => groupCommit.add(cancelLane, request),

    get,
    async statuses(jobIds) {
      if (jobIds.length === 0) return new Map()
      const rows = await db.query
        .selectFrom('jobs')
        .select(['id', 'status'])
        .where('id', 'in', jobIds)
        .execute()
      return new Map(rows.map(({ id, status }) => [id, status as JobStatus]))
    },
    async input(jobId) {
      const row = await db.query
        .selectFrom('job_inputs')
        .select('input')
        .where('job_id', '=', jobId)
        .executeTakeFirst()
      return row ? JSON.parse(row.input) : null
    },
    async result(jobId) {
      const row = await db.query
        .selectFrom('job_results')
        .select('result')
        .where('job_id', '=', jobId)
        .executeTakeFirst()
      return row ? JSON.parse(row.result) : null
    },
    async earlierAttempts(jobId) {
      const rows: AttemptRow[] = await db.query
        .selectFrom('job_attempts')
        .selectAll()
        .where('job_id', '=', jobId)
        .orderBy('attempt')
        .execute()
      return rows.map(toAttemptEntity)
    },
    async retriesOf(jobId) {
      const rows = await db.query
        .selectFrom('jobs')
        .select('id')
        .where('retry_of', '=', jobId)
        .orderBy('id')
        .execute()
      return rows.map(({ id }) => id)
    },
    list: createJobList(db),
    async counts() {
      const counts = Object.fromEntries(jobStatuses.map((status) => [status, 0])) as Record<JobStatus, number>
      for (const row of await db.all(countByStatus, {})) counts[row.status as JobStatus] = Number(row.jobs)
      const [oldest] = await db.all(oldestQueued, {})
      return { counts, oldestQueuedAt: oldest?.created_at ?? null }
    },
    async logs({ jobId, after, before, atMost, limit, q, level }) {
      let query = db.query
        .selectFrom('job_logs')
        .select(['seq', 'at', 'attempt', 'level', 'text'])
        .where('job_id', '=', jobId)
        .limit(limit)
      if (after !== undefined) query = query.where('seq', '>', after)
      if (before !== undefined) query = query.where('seq', '<', before)
      const backwards = before !== undefined && after === undefined
      if (atMost !== undefined) {
        query = backwards
          ? query.where('seq', '>=', before - atMost)
          : query.where('seq', '<=', (after ?? 0) + atMost)
      }
      if (level) query = query.where('level', '>=', logLevels.indexOf(level))
      if (q) query = query.where(sql<boolean>`lower(text) like lower(${containing(q)}) escape '\\'`)
      const rows = await query.orderBy('seq', backwards ? 'desc' : 'asc').execute()
      if (backwards) rows.reverse()
      return rows.map((row) => ({ ...row, level: logLevels[row.level] ?? 'info' }))
    },

    async heartbeat({ id, heartbeatAt }) {
      return (await db.all(beat, { id, at: heartbeatAt })).length === 1
    },
    async register({ id, description, startedAt, heartbeatAt, leaseMs }) {
      await db.query
        .insertInto('workers')
        .values({ id, description, started_at: startedAt, heartbeat_at: heartbeatAt, lease_ms: leaseMs })
        .execute()
    },
    async workers() {
      const rows = await db.query.selectFrom('workers').selectAll().execute()
      return rows.map(
        (row): WorkerLease => ({
          id: row.id,
          description: row.description,
          startedAt: row.started_at,
          heartbeatAt: row.heartbeat_at,
          leaseMs: row.lease_ms,
        }),
      )
    },
    reap: (worker, at) => groupCommit.add(reapLane, { worker, at }),
    async cancelling(worker) {
      const rows = await db.all(heldBy, { worker })
      return rows.filter(({ status }) => status === 'cancelling').map(toJob)
    },
    async promoteDue(now, limit) {
      return (await db.all(promote, { now, limit })).map(toJob)
    },
    async queued(limit) {
      const rows = [...(await db.all(urgent, { limit })), ...(await db.all(oldest, { limit }))]
      const byId = new Map(rows.map(({ id, priority }) => [id, { jobId: id, priority }]))
      return [...byId.values()]
        .sort((a, b) => b.priority - a.priority || (a.jobId < b.jobId ? -1 : 1))
        .slice(0, limit)
    },
    async expired({ endedBefore, keep }, limit) {
      const ids: string[] = []
      const oldestKept = keep === null ? undefined : (await db.all(newestFrom, { offset: keep - 1 }))[0]?.id
      for (const status of terminalStatuses) {
        const room = limit - ids.length
        if (endedBefore !== null && room > 0) {
          const earlier = { status, endedBefore, madeBefore: firstIdAt(endedBefore), limit: room }
          ids.push(...(await db.all(endedEarlier, earlier)).map(({ id }) => id))
        }
        if (oldestKept !== undefined && ids.length < limit) {
          const before = { status, before: oldestKept, limit: limit - ids.length }
          ids.push(...(await db.all(madeEarlier, before)).map(({ id }) => id))
        }
      }
      return [...new Set(ids)]
    },
    async delete(jobIds) {
      if (jobIds.length === 0) return
      const rows = await db.query
        .selectFrom('jobs')
        .select(['id', 'log_lines'])
        .where('id', 'in', jobIds)
        .where('ended_at', 'is not', null)
        .execute()
      if (rows.length === 0) return
      for (const { id } of rows.filter(({ log_lines }) => log_lines > linesAtOnce)) {
        while ((await db.all(deleteLines, { jobId: id, limit: linesAtOnce })).length === linesAtOnce);
      }
      const ended = rows.map(({ id }) => id)
      await db.query.transaction().execute(async (trx) => {
        for (const table of ['job_logs', 'job_attempts', 'job_results', 'job_inputs'] as const) {
          await trx.deleteFrom(table).where('job_id', 'in', ended).execute()
        }
        const gone = await trx.deleteFrom('jobs').where('id', 'in', ended).returning('status').execute()
        for (const [status, jobs] of Map.groupBy(gone, (row) => row.status)) {
          const tally = { span: sinceEver, slot: 0, toolkit: '', operation: '', status, bucket: -1, shard }
          await trx
            .insertInto('job_tallies')
            .values({ ...tally, jobs: -jobs.length })
            .onConflict((conflict) =>
              conflict
                .columns(['span', 'slot', 'toolkit', 'operation', 'status', 'bucket', 'shard'])
                .doUpdateSet({ jobs: sql<number>`job_tallies.jobs + excluded.jobs` }),
            )
            .execute()
        }
      })
    },
  }
}

async function reapWorker(runs: Runs, shard: number, worker: string, at: number): Promise<Job[]> {
  const held = await runs.all(heldBy, { worker })
  const ends = held.map((row) => {
    const retryable = row.idempotent === 1 && row.attempt < maxAttemptsByWorkers
    const status = transition(row.status as JobStatus, 'worker_died', { retryable }) ?? 'lost'
    return { row, status }
  })
  const rows = await runs.bulk(
    takeAway,
    ends.map(({ row, status }) => ({
      jobId: row.id,
      status,
      at,
      stage: 'worker_gone',
      message: row.idempotent === 1 ? repeatedEnough : notRepeatable,
    })),
  )
  await runs.bulk(
    insertAttempt,
    ends
      .filter(({ status }) => status === 'queued')
      .map(({ row }) => ({
        jobId: row.id,
        attempt: row.attempt,
        fence: row.fence,
        worker,
        startedAt: row.attempt_started_at ?? at,
        endedAt: at,
        outcome: 'interrupted',
        errorCode: 'worker_lost',
        errorMessage: 'The worker went away.',
      })),
  )
  await tally(runs, shard, rows.flatMap(toTallied))
  await runs.all(forget, { worker })
  return rows.map(toJob)
}

const forget = statement<{ worker: string }>({ worker: 'text' }, 'delete from workers where id = $worker')

function fromNew(job: Parameters<JobStore['insert']>[0]): Job {
  return {
    ...job,
    revision: 1,
    startedAt: null,
    endedAt: null,
    attempt: 0,
    attemptStartedAt: null,
    fence: 0,
    worker: null,
    logLines: 0,
    progress: null,
    cancellation: null,
    error: null,
  }
}
