import type { RunReport } from '@sre-toolbox/contract/codex-runs'
import { uuidv7 } from '../kernel/ids.ts'
import { changeMemory } from '../memory/change-memory.ts'
import { journalNote } from '../runbooks/journal-note.ts'
import { currentSession } from '../sessions/current-session.ts'
import { entryFor } from '../sessions/session-entry.ts'
import { createSessions } from '../sessions/sessions.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { CodexCommandDeps, CommonOptions } from './command-line.ts'

/** Writes what a run came to into the journal: into the entry of the session that is open here, else into its own. */
export async function journalRun(of: {
  workspace: Workspace
  deps: CodexCommandDeps
  options: CommonOptions
  report: RunReport
  actor: string
}): Promise<void> {
  const { workspace, deps, options, report, actor } = of
  const now = () => new Date(deps.now())
  const session = options.session ?? deps.env.TOOLBOX_CODEX_SESSION ?? currentSession(workspace)
  const text = journalNote(report)
  if (session === undefined) {
    const about = { task: `tasks/${report.task}`, title: `Run: ${report.title}` }
    await changeMemory(workspace, now(), () => ({ journal: entryFor(about, now(), text) }))
    return
  }
  const sessions = createSessions({ workspace, now, newId: () => uuidv7(now()), actor: () => actor, session })
  await sessions.note(text)
}
