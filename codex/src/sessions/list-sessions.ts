import { readEvents } from '../events/chain.ts'
import { fencedOut } from '../events/claims.ts'
import type { Event } from '../events/event.ts'
import { eventFile, readHistory } from '../events/read-history.ts'
import { isOpen, type Session } from '../events/session.ts'
import { refuse } from '../kernel/errors.ts'
import { readText, refuseFatal } from '../memory/memory.ts'
import type { Workspace } from '../workspace/workspace.ts'

export type SessionView = Session & {
  open: boolean
  /** Open, but anyone may take the task over. */
  leaseEnded: boolean
  /** The session that has the task now. */
  takenOverBy: string | null
}

/** Every session as it is at a moment, the most recently touched first. */
export function listSessions(workspace: Workspace, now: Date): SessionView[] {
  const { sessions, findings } = readHistory(workspace)
  refuseFatal('events_unreadable', findings)
  const takenOver = new Map(fencedOut(sessions).map(({ session, by }) => [session, by.id]))
  return sessions
    .map((session) => {
      const takenOverBy = takenOver.get(session) ?? null
      const open = isOpen(session) && takenOverBy === null
      return { ...session, open, leaseEnded: open && session.until <= now.toISOString(), takenOverBy }
    })
    .sort((a, b) => compare(b.updatedAt, a.updatedAt) || compare(b.id, a.id))
}

/** The session of an id, with all its steps. */
export function readSession(
  workspace: Workspace,
  id: string,
  now: Date,
): { session: SessionView; events: Event[] } {
  const session = listSessions(workspace, now).find((each) => each.id === id)
  if (!session) throw refuse('not_found', `There is no session ${id} in this workspace.`)
  const path = eventFile(id)
  return { session, events: readEvents(readText(workspace, path) ?? '', path).events }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
