import type { Migration } from '../migrate.ts'

export const codexRuns: Migration = {
  name: '0011-codex-runs',
  up: () => [
    `create table codex_runs (
      id text primary key,
      task text not null,
      title text not null,
      workspace_id text,
      requested_by text not null,
      requested_name text not null,
      confirmed text not null,
      created_at bigint not null,
      attempt integer not null,
      outcome text not null,
      report text not null,
      answers text not null,
      task_digest text not null
    )`,
    'create index codex_runs_by_task on codex_runs (task, id)',
    'create index codex_runs_by_workspace on codex_runs (workspace_id, id) where workspace_id is not null',
    `create table codex_run_answers (
      run_id text not null,
      step text not null,
      question text not null,
      answer text not null,
      answered_by text not null,
      comment text,
      answered_at bigint not null,
      primary key (run_id, step, question)
    )`,
  ],
}
