import type { Blocker, Task } from '../backlog/backlog.ts'
import type { Edit } from '../backlog/edit.ts'
import { requireTask } from '../backlog/edit-backlog.ts'
import { claimsOf, fencedOut } from '../events/claims.ts'
import { isOpen, type Session } from '../events/session.ts'
import { refuse } from '../kernel/errors.ts'
import { changeMemory, type Plan } from '../memory/change-memory.ts'
import type { Memory } from '../memory/memory.ts'
import { leaveSession, spokenFor } from './current-session.ts'
import type { CodexDeps } from './deps.ts'
import { entryFor } from './session-entry.ts'

/** Says what holds a task up, and when that is over. */
export function createBlockers(deps: CodexDeps) {
  const { workspace } = deps

  /** Without a task it is the current session's, which ends with it. `missing` may be words or another task. */
  const block = async (reference: string | undefined, missing: Blocker): Promise<Task> => {
    const now = deps.now()
    const { task, session } = await change(now, (memory) => {
      const found = find(memory, reference, now)
      const list = [...found.task.blockers.map(writable), writable(missing)]
      const edits: Edit[] = [
        { kind: 'setTask', task: found.task.address, set: { status: 'blocked', blockers: list } },
      ]
      const words = 'text' in missing ? missing.text : `waits for ${missing.task}`
      const journal = entryFor(entryOf(found.task), now, `Blocked: ${words}`)
      const { session } = found
      const steps = session && { session: session.id, steps: [{ type: 'blocked' as const, missing: words }] }
      return { ...found, plan: { edits, journal, ...(steps ? { steps } : {}) } }
    })
    if (session) leaveSession(workspace, session.id)
    return task
  }

  /** Takes one blocker away, or all of them. A task without blockers goes back to the backlog. */
  const unblock = async (reference: string, why: string, blocker?: string): Promise<Task> => {
    const now = deps.now()
    const { task } = await change(now, (memory) => {
      const task = requireTask(memory.backlog.backlog, reference)
      const kept = blocker === undefined ? [] : task.blockers.filter((each) => wordsOf(each) !== blocker)
      if (task.blockers.length === 0 && task.status !== 'blocked')
        throw refuse('not_blocked', `${task.address} is not blocked.`)
      if (blocker !== undefined && kept.length === task.blockers.length) {
        const known = task.blockers.map(wordsOf).join('; ')
        throw refuse('not_found', `${task.address} is not blocked by \`${blocker}\`, but by: ${known}.`)
      }
      const edits: Edit[] = []
      if (task.blockers.length > 0) {
        edits.push({
          kind: 'setTask',
          task: task.address,
          set: { blockers: kept.length > 0 ? kept.map(writable) : undefined },
        })
      }
      if (kept.length === 0 && task.status === 'blocked') {
        edits.push({ kind: 'setTask', task: task.address, set: { status: 'backlog' } })
      }
      return {
        task,
        session: undefined,
        plan: { edits, journal: entryFor(entryOf(task), now, `Unblocked: ${why}`) },
      }
    })
    return task
  }

  const change = async (now: Date, decide: (memory: Memory) => Found & { plan: Plan }): Promise<Found> => {
    let found: (Found & { plan: Plan }) | undefined
    await changeMemory(workspace, now, (memory) => {
      found = decide(memory)
      return found.plan
    })
    return found as Found
  }

  const find = ({ backlog, history }: Memory, reference: string | undefined, now: Date): Found => {
    const id = spokenFor(deps)
    const lost = new Set(fencedOut(history.sessions).map((each) => each.session))
    const own = history.sessions.find((each) => each.id === id && isOpen(each) && !lost.has(each))
    if (reference === undefined && !own)
      throw refuse('no_session', 'Name the task, or begin a session with `start`.')
    const task = requireTask(backlog.backlog, reference ?? own?.task ?? '')
    if (own?.task === task.address) return { task, session: own }
    const claim = claimsOf(history.sessions, now).get(task.address)
    if (claim?.live) {
      throw refuse(
        'claimed',
        `${task.address} is claimed by ${claim.session.actor} until ${claim.session.until}. Ask them.`,
      )
    }
    return { task, session: undefined }
  }

  return { block, unblock }
}

type Found = { task: Task; session: Session | undefined }

function entryOf(task: Task): { task: string; title: string } {
  return { task: task.address, title: task.title }
}

function writable(blocker: Blocker): string | { task: string } {
  return 'text' in blocker ? blocker.text : { task: blocker.task }
}

function wordsOf(blocker: Blocker): string {
  return 'text' in blocker ? blocker.text : blocker.task
}
