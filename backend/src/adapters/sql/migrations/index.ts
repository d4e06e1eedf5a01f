import type { Migration } from '../migrate.ts'
import { jobs } from './0001-jobs.ts'
import { toolkits } from './0002-toolkits.ts'
import { identity } from './0003-identity.ts'
import { audit } from './0004-audit.ts'
import { secrets } from './0005-secrets.ts'
import { schedules } from './0006-schedules.ts'
import { diagnostics } from './0007-diagnostics.ts'
import { codex } from './0008-codex.ts'
import { dashboard } from './0009-dashboard.ts'
import { views } from './0010-views.ts'
import { codexRuns } from './0011-codex-runs.ts'
import { toolkitSwitches } from './0012-toolkit-switches.ts'
import { givenPasswords } from './0013-given-passwords.ts'
import { runJournals } from './0014-run-journals.ts'
import { runJournalRefusals } from './0015-run-journal-refusals.ts'

/** In the order they are applied; one is never changed once released. */
export const migrations: readonly Migration[] = [
  jobs,
  toolkits,
  identity,
  audit,
  secrets,
  schedules,
  diagnostics,
  codex,
  dashboard,
  views,
  codexRuns,
  toolkitSwitches,
  givenPasswords,
  runJournals,
  runJournalRefusals,
]
