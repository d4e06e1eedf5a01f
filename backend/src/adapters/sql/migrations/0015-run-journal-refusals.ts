import type { Migration } from '../migrate.ts'

/** Why the workspace of a run would not take what it came to; null where it did, or was not asked yet. */
export const runJournalRefusals: Migration = {
  name: '0015-run-journal-refusals',
  up: () => ['alter table codex_runs add column journal_refusal text'],
}
