import { type ColumnType, statement } from '../adapters/sql/statement.ts'
import type { Tables } from '../adapters/sql/tables.ts'

export type ScheduleRow = Tables['schedules']

/** What people decide, besides what is set when it is made. */
const decided = {
  name: 'text',
  toolkit: 'text',
  operation: 'text',
  input: 'text',
  timing: 'text',
  anchor_at: 'bigint',
  overlap: 'text',
  missed: 'text',
  priority: 'integer',
  runs_as: 'text',
  runs_as_name: 'text',
  runs_as_token: 'text',
  runs_as_token_id: 'text',
  paused: 'text',
  next_run_at: 'bigint',
  updated_at: 'bigint',
  version: 'integer',
} as const satisfies Partial<Record<keyof ScheduleRow, ColumnType>>
type Decided = Pick<ScheduleRow, keyof typeof decided>

const named = { id: 'text', created_at: 'bigint', ...decided } as const
const names = Object.keys(named)

export const insertSchedule = statement<Decided & Pick<ScheduleRow, 'id' | 'created_at'>>(
  named,
  `insert into schedules (${names.join(', ')}) select ${names.map((name) => `$${name}`).join(', ')}`,
)

export const replaceSchedule = statement<
  Decided & { id: string; seenVersion: number; seenNextRunAt: number | null },
  { id: string }
>(
  { id: 'text', seenVersion: 'integer', seenNextRunAt: 'bigint', ...decided },
  `update schedules set ${Object.keys(decided)
    .map((name) => `${name} = $${name}`)
    .join(', ')}
   where id = $id and version = $seenVersion and next_run_at is not distinct from $seenNextRunAt
   returning id as id`,
)

export const deleteSchedule = statement<{ id: string }, { id: string }>(
  { id: 'text' },
  'delete from schedules where id = $id returning id as id',
)

export const claimSchedule = statement<
  { id: string; dueAt: number; now: number; until: number },
  { id: string }
>(
  { id: 'text', dueAt: 'bigint', now: 'bigint', until: 'bigint' },
  `update schedules set claimed_until = $until
   where id = $id and next_run_at = $dueAt and (claimed_until is null or claimed_until <= $now)
   returning id as id`,
)

interface SettleParams {
  id: string
  dueAt: number
  claimedUntil: number
  nextRunAt: number | null
}
const settle = `next_run_at = case when next_run_at = $dueAt then $nextRunAt else next_run_at end,
  claimed_until = case when claimed_until = $claimedUntil then null else claimed_until end`
const settleColumns = { id: 'text', dueAt: 'bigint', claimedUntil: 'bigint', nextRunAt: 'bigint' } as const

export const recordRun = statement<SettleParams & { jobId: string }>(
  { ...settleColumns, jobId: 'text' },
  `update schedules set ${settle}, last_job_id = $jobId, last_due_at = $dueAt
   where id = $id and (last_due_at is null or last_due_at <= $dueAt)`,
)

export const recordMissed = statement<SettleParams & { kind: string; reason: string }>(
  { ...settleColumns, kind: 'text', reason: 'text' },
  `update schedules set ${settle}, missed_due_at = $dueAt, missed_kind = $kind, missed_reason = $reason
   where id = $id and (missed_due_at is null or missed_due_at <= $dueAt)`,
)
