import type { Migration } from '../migrate.ts'

/** Whether what a run came to is in the journal of its workspace. Those that ended before were told when they ended. */
export const runJournals: Migration = {
  name: '0014-run-journals',
  up: () => [
    'alter table codex_runs add column journalled integer not null default 0',
    "update codex_runs set journalled = 1 where outcome not in ('running', 'waiting')",
    'create index codex_runs_to_tell on codex_runs (id) where workspace_id is not null and journalled = 0',
  ],
}
