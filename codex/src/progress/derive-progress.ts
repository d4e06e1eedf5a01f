import { type Backlog, tasksOf } from '../backlog/backlog.ts'
import { holdersOf } from '../events/claims.ts'
import type { RecentUpdate } from '../events/event.ts'
import type { History } from '../events/read-history.ts'
import { isOpen, type Session, type SessionState } from '../events/session.ts'
import type { Progress } from './progress.ts'

export const recentLimit = 20

const statusAfter: Record<SessionState, string> = {
  active: 'in_progress',
  paused: 'in_progress',
  handed_over: 'in_progress',
  finished: 'in_progress',
  released: 'backlog',
  blocked: 'blocked',
  done: 'done',
}

/**
 * The snapshot that follows from the sessions and the backlog. It does not depend on the clock, so that every machine
 * derives the same one.
 */
export function deriveProgress(history: History, backlog: Backlog): Progress {
  const { sessions, adopted } = history
  const holders = holdersOf(sessions)
  const holding = sessions.filter((session) => isOpen(session) && holders.get(session.task) === session)
  const active = latest(holding.filter((session) => session.state === 'active'))
  const last = latest(sessions)
  const updates = [...sessions].sort(byUpdate).map(updateOf)
  return {
    last_updated: last?.updatedAt ?? null,
    session_counter: (adopted?.sessions ?? 0) + sessions.length,
    active_task: active?.task ?? null,
    why: active?.why ?? null,
    last_task_id: last?.task ?? adopted?.lastTask ?? null,
    recent_updates: [...updates, ...(adopted?.updates ?? [])].slice(0, recentLimit),
    blockers: blockersOf(backlog),
    sessions: holding.map(({ id, actor, task, why, state, openedAt, updatedAt, until }) => ({
      id,
      actor,
      task_id: task,
      why,
      state,
      since: openedAt,
      updated: updatedAt,
      lease_until: until,
    })),
  }
}

function blockersOf(backlog: Backlog): string[] {
  return tasksOf(backlog)
    .filter((task) => task.status !== 'done')
    .flatMap((task) =>
      task.blockers.map(
        (each) => `${task.address}: ${'text' in each ? each.text : `waits for ${each.task}`}`,
      ),
    )
}

function updateOf(session: Session): RecentUpdate {
  const summary = session.summary.split('\n')[0] ?? ''
  return { task_id: session.task, status: statusAfter[session.state], summary, at: session.updatedAt }
}

function latest(sessions: readonly Session[]): Session | undefined {
  return [...sessions].sort(byUpdate)[0]
}

/** The most recently touched first; ids decide between equals. */
function byUpdate(a: Session, b: Session): number {
  if (a.updatedAt !== b.updatedAt) return a.updatedAt < b.updatedAt ? 1 : -1
  return a.id < b.id ? 1 : -1
}
