import type { Migration } from '../migrate.ts'

export const schedules: Migration = {
  name: '0006-schedules',
  up: () => [
    `create table schedules (
      id text primary key,
      name text not null,
      toolkit text not null,
      operation text not null,
      input text not null,
      timing text not null,
      anchor_at bigint not null,
      overlap text not null,
      missed text not null,
      priority integer not null,
      runs_as text not null,
      runs_as_name text not null,
      runs_as_token text,
      runs_as_token_id text,
      paused text,
      next_run_at bigint,
      claimed_until bigint,
      last_job_id text,
      last_due_at bigint,
      missed_due_at bigint,
      missed_kind text,
      missed_reason text,
      created_at bigint not null,
      updated_at bigint not null,
      version integer not null
    )`,
    'create index schedules_due on schedules (next_run_at) where next_run_at is not null',
    'alter table jobs add column schedule_id text',
    'create index jobs_by_schedule on jobs (schedule_id, id) where schedule_id is not null',
  ],
}
