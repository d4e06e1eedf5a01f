import { type Status, statuses, type Task } from '../backlog/backlog.ts'
import { rankTasks } from '../backlog/next-task.ts'
import { claimsOf, fencedOut, holdersOf } from '../events/claims.ts'
import { isOpen, type Session } from '../events/session.ts'
import { readMemory } from '../memory/memory.ts'
import { hasPending } from '../workspace/transaction.ts'
import { spokenFor } from './current-session.ts'
import type { CodexDeps } from './deps.ts'

export type CodexStatus = {
  /** This checkout's own session. */
  focus: Session | null
  /** This checkout's own session, when another one took its task over. */
  lost: { task: string; by: string; at: string } | null
  sessions: (Session & { leaseEnded: boolean })[]
  areas: { id: string; title: string; counts: Record<Status, number> }[]
  next: { task: string; title: string; reasons: string[] } | null
  blocked: { task: string; reasons: string[] }[]
  /** Faults that leave the backlog usable. */
  faults: number
  writeCutOff: boolean
}

/** All there is to know at a glance. */
export async function readStatus({
  workspace,
  now,
  session,
}: Pick<CodexDeps, 'workspace' | 'now' | 'session'>): Promise<CodexStatus> {
  const { backlog, history } = await readMemory(workspace)
  const at = now()
  const holders = holdersOf(history.sessions)
  const open = history.sessions.filter((each) => isOpen(each) && holders.get(each.task) === each)
  const own = spokenFor({ workspace, session })
  const lost = fencedOut(history.sessions).find((each) => each.session.id === own)
  const { candidates, waiting } = rankTasks(backlog.backlog, claimsOf(history.sessions, at), at)
  const [first] = candidates
  return {
    focus: open.find((each) => each.id === own) ?? null,
    lost: lost ? { task: lost.session.task, by: lost.by.actor, at: lost.by.openedAt } : null,
    sessions: open.map((each) => ({ ...each, leaseEnded: each.until <= at.toISOString() })),
    areas: backlog.backlog.areas.map(({ id, title, tasks }) => ({ id, title, counts: countByStatus(tasks) })),
    next: first ? { task: first.task.address, title: first.task.title, reasons: first.reasons } : null,
    blocked: waiting
      .filter(({ task }) => task.status === 'blocked' || task.blockers.length > 0)
      .map(({ task, reasons }) => ({ task: task.address, reasons })),
    faults: backlog.findings.length,
    writeCutOff: hasPending(workspace),
  }
}

function countByStatus(tasks: readonly Task[]): Record<Status, number> {
  const counts = Object.fromEntries(statuses.map((status) => [status, 0])) as Record<Status, number>
  for (const { status } of tasks) counts[status] += 1
  return counts
}
