import type { RunReport } from '@sre-toolbox/contract/codex-runs'
import { isInJournal } from '../journal/read-entries.ts'
import { changeMemory } from '../memory/change-memory.ts'
import { spokenFor } from '../sessions/current-session.ts'
import type { CodexDeps } from '../sessions/deps.ts'
import { entryFor } from '../sessions/session-entry.ts'
import { createSessions } from '../sessions/sessions.ts'
import { journalNote, markOf } from './journal-note.ts'

/** Adds what a run came to to the journal, once: to the entry of the session spoken for, else to one of the task's own. */
export async function journalRun(deps: CodexDeps, report: RunReport): Promise<void> {
  const text = journalNote(report)
  if (spokenFor(deps) !== undefined) {
    await createSessions(deps).note(text, undefined, markOf(report))
    return
  }
  const about = { task: `tasks/${report.task}`, title: `Run: ${report.title}` }
  const now = deps.now()
  await changeMemory(deps.workspace, now, () =>
    isInJournal(deps.workspace, markOf(report)) ? {} : { journal: entryFor(about, now, text) },
  )
}
