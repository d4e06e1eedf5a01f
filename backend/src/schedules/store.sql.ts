import { type ExpressionBuilder, sql } from 'kysely'
import { createChanges } from '../adapters/sql/changes.ts'
import { containing } from '../adapters/sql/containing.ts'
import type { Database } from '../adapters/sql/database.ts'
import type { Tables } from '../adapters/sql/tables.ts'
import type { ScheduleStore } from './ports.ts'
import type { Missed, Schedule } from './schedule.ts'
import {
  claimSchedule,
  deleteSchedule,
  insertSchedule,
  recordMissed,
  recordRun,
  replaceSchedule,
  type ScheduleRow,
} from './statements.sql.ts'

export function createScheduleStore(db: Database): ScheduleStore {
  const change = createChanges(db)

  async function get(id: string): Promise<Schedule | null> {
    const row = await db.query.selectFrom('schedules').selectAll().where('id', '=', id).executeTakeFirst()
    return row ? toSchedule(row) : null
  }

  return {
    async insert(schedule) {
      const row = { id: schedule.id, created_at: schedule.createdAt, ...toDecided(schedule) }
      await change((runs) => runs.all(insertSchedule, row))
    },
    get,
    async list({ toolkit, paused, q }, { cursor, limit }) {
      let query = db.query.selectFrom('schedules').selectAll().orderBy('id', 'desc').limit(limit)
      if (cursor !== null) query = query.where('id', '<', cursor)
      if (toolkit !== undefined) query = query.where('toolkit', '=', toolkit)
      if (paused !== undefined) query = query.where('paused', paused ? 'is not' : 'is', null)
      if (q !== undefined) {
        const text = sql`lower(name || ' ' || toolkit || '.' || operation || ' ' || runs_as_name)`
        query = query.where(sql<boolean>`${text} like lower(${containing(q)}) escape '\\'`)
      }
      return (await query.execute()).map(toSchedule)
    },
    async replace(next, seen) {
      const expected = { seenVersion: seen.version, seenNextRunAt: seen.nextRunAt }
      const row = { id: next.id, ...expected, ...toDecided(next) }
      return (await change((runs) => runs.all(replaceSchedule, row))).length === 1
    },
    remove: async (id) => (await change((runs) => runs.all(deleteSchedule, { id }))).length === 1,
    async due(now, withoutToolkits, limit) {
      let query = db.query
        .selectFrom('schedules')
        .selectAll()
        .where('next_run_at', '<=', now)
        .where((where) => isUnclaimed(where, now))
        .orderBy('next_run_at')
        .limit(limit)
      if (withoutToolkits.length > 0) query = query.where('toolkit', 'not in', withoutToolkits)
      return (await query.execute()).map(toSchedule)
    },
    async claim(claim) {
      const [claimed] = await change((runs) => runs.all(claimSchedule, claim))
      return claimed ? get(claimed.id) : null
    },
    async record({ outcome, ...settled }) {
      await change((runs) =>
        'jobId' in outcome
          ? runs.all(recordRun, { ...settled, jobId: outcome.jobId })
          : runs.all(recordMissed, { ...settled, kind: outcome.kind, reason: outcome.reason }),
      )
    },
  }
}

function isUnclaimed(where: ExpressionBuilder<Tables, 'schedules'>, now: number) {
  return where.or([where('claimed_until', 'is', null), where('claimed_until', '<=', now)])
}

function toDecided(schedule: Schedule) {
  return {
    name: schedule.name,
    toolkit: schedule.toolkit,
    operation: schedule.operation,
    input: JSON.stringify(schedule.input),
    timing: JSON.stringify(schedule.timing),
    anchor_at: schedule.anchorAt,
    overlap: schedule.overlap,
    missed: schedule.missed,
    priority: schedule.priority,
    runs_as: schedule.runsAs.id,
    runs_as_name: schedule.runsAs.name,
    runs_as_token: schedule.runsAs.token,
    runs_as_token_id: schedule.runsAs.tokenId,
    paused: schedule.paused && JSON.stringify(schedule.paused),
    next_run_at: schedule.nextRunAt,
    updated_at: schedule.updatedAt,
    version: schedule.version,
  }
}

function toSchedule(row: ScheduleRow): Schedule {
  return {
    id: row.id,
    name: row.name,
    toolkit: row.toolkit,
    operation: row.operation,
    input: JSON.parse(row.input),
    timing: JSON.parse(row.timing),
    anchorAt: row.anchor_at,
    overlap: row.overlap as Schedule['overlap'],
    missed: row.missed as Schedule['missed'],
    priority: row.priority,
    runsAs: {
      id: row.runs_as,
      name: row.runs_as_name,
      token: row.runs_as_token,
      tokenId: row.runs_as_token_id,
    },
    paused: row.paused === null ? null : JSON.parse(row.paused),
    nextRunAt: row.next_run_at,
    lastRun:
      row.last_job_id === null || row.last_due_at === null
        ? null
        : { jobId: row.last_job_id, dueAt: row.last_due_at },
    lastMissed:
      row.missed_due_at === null
        ? null
        : {
            dueAt: row.missed_due_at,
            kind: row.missed_kind as Missed['kind'],
            reason: row.missed_reason ?? '',
          },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  }
}
