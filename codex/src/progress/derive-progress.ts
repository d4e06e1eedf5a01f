import { createAddresses } from '../backlog/addresses.ts'
import type { Backlog, Blocker } from '../backlog/backlog.ts'
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

/** What areas and tasks that are not done wait for, without what is over. */
function blockersOf(backlog: Backlog): string[] {
  const addresses = createAddresses(backlog)
  const said = (whose: string, area: string, blockers: readonly Blocker[]): string[] =>
    blockers.flatMap((each) => {
      if ('text' in each) return [`${whose}: ${each.text}`]
      const isOver = addresses.resolve(each.task, area).task?.status === 'done'
      return isOver ? [] : [`${whose}: waits for ${each.task}`]
    })
  return backlog.areas.flatMap((area) => {
    const open = area.tasks.filter((task) => task.status !== 'done')
    const ofArea = open.length > 0 ? said(`area ${area.id}`, area.id, area.blockers) : []
    return [...ofArea, ...open.flatMap((task) => said(task.address, area.id, task.blockers))]
  })
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
