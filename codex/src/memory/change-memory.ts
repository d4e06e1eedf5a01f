import type { Edit } from '../backlog/edit.ts'
import { editBacklog, requireBacklog } from '../backlog/edit-backlog.ts'
import { appendEvent, readEvents } from '../events/chain.ts'
import type { Step } from '../events/event.ts'
import { eventFile, type History } from '../events/read-history.ts'
import { foldSession } from '../events/session.ts'
import { type Addition, appendToJournal } from '../journal/append-entry.ts'
import { readProgress } from '../progress/read-progress.ts'
import { renderProgress } from '../progress/write-progress.ts'
import { readIfThere } from '../workspace/files.ts'
import { withLock } from '../workspace/lock.ts'
import { type Change, commitChanges, type Recovery, recover } from '../workspace/transaction.ts'
import { paths, type Workspace } from '../workspace/workspace.ts'
import { type Memory, readMemory, readText, refuseFatal } from './memory.ts'

/** What one command writes: a session's steps, edits of the backlog, an addition to the journal. */
export type Plan = { steps?: { session: string; steps: Step[] }; edits?: readonly Edit[]; journal?: Addition }

export type Changed = { recovery: Recovery; backlogText: string }

/**
 * Reads the memory under the lock, lets `decide` say what to write, derives the snapshot from that, and writes all of
 * it or nothing. What an earlier crash cut off is finished first.
 */
export async function changeMemory(
  workspace: Workspace,
  now: Date,
  decide: (memory: Memory) => Plan | Promise<Plan>,
): Promise<Changed> {
  return withLock(workspace, async () => {
    const recovery = recover(workspace)
    const memory = await readMemory(workspace)
    const plan = await decide(memory)
    const { text } = memory.backlog
    const backlogText = plan.edits ? await editBacklog(text, plan.edits, paths.backlog) : text
    const events = plan.steps && newEvents(workspace, plan.steps.session, now, plan.steps.steps)
    const journal = plan.journal && newJournal(workspace, plan.journal)
    const history = events ? withSession(memory.history, events) : memory.history
    const progress = await newProgress(workspace, history, backlogText)
    const backlog = { path: paths.backlog, before: text, after: backlogText }
    commitChanges(
      workspace,
      [events, backlog, journal, progress].filter((change) => change !== undefined),
    )
    return { recovery, backlogText }
  })
}

function newEvents(workspace: Workspace, session: string, now: Date, steps: readonly Step[]): Change {
  const path = eventFile(session)
  const before = readIfThere(workspace.at(path))
  return {
    path,
    before,
    after: steps.reduce((text, step) => appendEvent(text, session, now, step), before ?? ''),
  }
}

function newJournal(workspace: Workspace, addition: Addition): Change {
  const before = readText(workspace, paths.journal)
  return {
    path: paths.journal,
    before,
    after: appendToJournal(before ?? '# Journal\n', addition, paths.journal),
  }
}

/** The snapshot as it follows from what is about to be written; none where nobody ever worked here. */
export async function newProgress(
  workspace: Workspace,
  history: History,
  backlogText: string,
): Promise<Change | undefined> {
  const path = paths.progress
  const before = readText(workspace, path)
  if (before === undefined && history.sessions.length === 0) return undefined
  const { raw, findings } = await readProgress(before ?? '{}', path)
  refuseFatal('progress_unreadable', findings)
  const { backlog } = await requireBacklog(backlogText, paths.backlog)
  if (history.sessions.length === 0 && !('sessions' in raw)) return undefined
  return { path, before, after: renderProgress(before, raw, history, backlog) }
}

function withSession(history: History, change: Change): History {
  const { events } = readEvents(change.after, change.path)
  const session = foldSession(events)
  if (!session) return history
  const others = history.sessions.filter((each) => each.id !== session.id)
  const adopted = history.adopted ?? events.find((event) => event.type === 'adopted')
  return { ...history, adopted, sessions: [...others, session] }
}
