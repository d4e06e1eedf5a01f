import { isOpen, type Session } from './session.ts'

/** A task that a session holds. `live` until the lease ends; after that anyone may take it over. */
export type Claim = { session: Session; live: boolean }

/**
 * Who holds which task. Of several sessions that claimed a task (on branches that were merged later, say) the one
 * with the highest fence holds it, then the earliest, then the lowest id: the same answer on every machine.
 */
export function claimsOf(sessions: readonly Session[], now: Date): Map<string, Claim> {
  const claims = new Map<string, Claim>()
  for (const [task, holder] of holdersOf(sessions)) {
    if (isOpen(holder)) claims.set(task, { session: holder, live: holder.until > now.toISOString() })
  }
  return claims
}

/** The session that has the last word on each task, be it still open or not. */
export function holdersOf(sessions: readonly Session[]): Map<string, Session> {
  const holders = new Map<string, Session>()
  for (const session of sessions) {
    const holder = holders.get(session.task)
    if (!holder || outranks(session, holder)) holders.set(session.task, session)
  }
  return holders
}

/** Sessions that think they hold a task that another one holds. */
export function fencedOut(sessions: readonly Session[]): { session: Session; by: Session }[] {
  const holders = holdersOf(sessions)
  return sessions.flatMap((session) => {
    const by = holders.get(session.task)
    return by && by !== session && isOpen(session) ? [{ session, by }] : []
  })
}

export function nextFence(sessions: readonly Session[], task: string): number {
  return (holdersOf(sessions).get(task)?.fence ?? 0) + 1
}

function outranks(a: Session, b: Session): boolean {
  if (a.fence !== b.fence) return a.fence > b.fence
  if (a.openedAt !== b.openedAt) return a.openedAt < b.openedAt
  return a.id < b.id
}
