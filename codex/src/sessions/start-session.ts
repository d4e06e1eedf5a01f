import type { Task } from '../backlog/backlog.ts'
import { requireTask } from '../backlog/edit-backlog.ts'
import { type Candidate, type Ranking, rankTasks } from '../backlog/next-task.ts'
import { type Claim, claimsOf, fencedOut, nextFence } from '../events/claims.ts'
import type { Step } from '../events/event.ts'
import { isOpen, type Session } from '../events/session.ts'
import { refuse } from '../kernel/errors.ts'
import { changeMemory } from '../memory/change-memory.ts'
import { type Memory, readMemory, readText } from '../memory/memory.ts'
import { readProgress } from '../progress/read-progress.ts'
import { paths, type Workspace } from '../workspace/workspace.ts'
import { currentSession, enterSession } from './current-session.ts'
import type { CodexDeps } from './deps.ts'
import { defaultLease, leaseEnd } from './lease.ts'
import { entryFor } from './session-entry.ts'

export type StartRequest = {
  /** The task that `next` names when undefined. */
  task?: string
  why?: string
  lease?: string
  /** Take the task from a session whose lease still runs, or start it though it waits; needs `why`. */
  force?: boolean
  /** Leave this checkout's own session as it is; the new one is spoken for with `--session`. */
  detached?: boolean
}

/** Claims a task with a lease and the reason, and makes it this checkout's focus. */
export async function startSession(deps: CodexDeps, request: StartRequest): Promise<Session> {
  const { workspace } = deps
  const now = deps.now()
  const id = deps.newId()
  const actor = deps.actor()
  const until = leaseEnd(now, request.lease ?? defaultLease)
  await changeMemory(workspace, now, async (memory) => {
    if (!request.detached) refuseSecond(workspace, memory.history.sessions)
    const claims = claimsOf(memory.history.sessions, now)
    const { task, why } = choose(request, memory, claims, rankTasks(memory.backlog.backlog, claims, now))
    const fence = nextFence(memory.history.sessions, task.address)
    const { address, title } = task
    const opened: Step = { type: 'opened', actor, task: address, title, why, fence, until }
    const from = claims.get(address)?.session
    const bullets = [
      `Started by ${actor}: ${why}`,
      ...(from ? [`Taken over from ${from.actor} (session ${from.id}).`] : []),
    ]
    return {
      steps: { session: id, steps: [...(await adoption(workspace, memory)), opened] },
      edits:
        task.status === 'in_progress'
          ? []
          : [{ kind: 'setTask', task: address, set: { status: 'in_progress' } }],
      journal: entryFor({ task: address, title }, now, ...bullets),
    }
  })
  if (!request.detached) enterSession(workspace, id)
  const { history } = await readMemory(workspace)
  return history.sessions.find((each) => each.id === id) as Session
}

function refuseSecond(workspace: Workspace, sessions: readonly Session[]): void {
  const open = sessions.find((each) => each.id === currentSession(workspace))
  // One that was taken over can't be finished, paused or handed over any more.
  const isLost = fencedOut(sessions).some(({ session }) => session === open)
  if (!open || !isOpen(open) || isLost) return
  const message = `You are working on ${open.task} here. Finish, pause or hand it over first, or start with --detached.`
  throw refuse('session_open', message, { session: open.id })
}

function choose(
  request: StartRequest,
  { backlog }: Memory,
  claims: ReadonlyMap<string, Claim>,
  ranking: Ranking,
): { task: Task; why: string } {
  if (request.task === undefined) {
    const [first] = ranking.candidates
    if (!first)
      throw refuse(
        'nothing_to_do',
        'No task can be worked on. `toolbox codex next` says what each one waits for.',
      )
    return { task: first.task, why: request.why ?? reasonOf(first) }
  }
  const task = requireTask(backlog.backlog, request.task)
  const candidate = ranking.candidates.find((each) => each.task === task)
  if (candidate) return { task, why: request.why ?? reasonOf(candidate) }
  if (task.status === 'done')
    throw refuse('already_done', `${task.address} is done. Set its status back first if it is not.`)
  const holder = claims.get(task.address)
  const reasons = ranking.waiting.find((each) => each.task === task)?.reasons ?? []
  if (request.force && request.why) return { task, why: request.why }
  const code = holder?.live ? 'claimed' : 'waiting'
  throw refuse(
    code,
    `${task.address} can't be started: ${reasons.join('; ')}. To do it all the same, give --force and --why.`,
    {
      reasons,
    },
  )
}

function reasonOf(candidate: Candidate): string {
  return candidate.reasons.join(', ')
}

/** The first session takes up the counter and the updates of a snapshot that was kept before. */
async function adoption(workspace: Workspace, { history }: Memory): Promise<Step[]> {
  const text =
    history.sessions.length === 0 && !history.adopted ? readText(workspace, paths.progress) : undefined
  const { progress } = text === undefined ? { progress: undefined } : await readProgress(text, paths.progress)
  if (!progress || (progress.session_counter === 0 && progress.recent_updates.length === 0)) return []
  const { session_counter: sessions, recent_updates: updates, last_task_id: lastTask } = progress
  return [{ type: 'adopted', sessions, updates, lastTask }]
}
