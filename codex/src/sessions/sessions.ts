import type { Edit } from '../backlog/edit.ts'
import type { Step } from '../events/event.ts'
import type { Session } from '../events/session.ts'
import { isInJournal } from '../journal/read-entries.ts'
import { refuse } from '../kernel/errors.ts'
import { changeMemory, type Plan } from '../memory/change-memory.ts'
import { readMemory } from '../memory/memory.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { enterSession, leaveSession, requireSession, spokenFor } from './current-session.ts'
import type { CodexDeps } from './deps.ts'
import { defaultLease, leaseEnd } from './lease.ts'
import { entryFor } from './session-entry.ts'
import { type StartRequest, startSession } from './start-session.ts'

/** The steps of a session after its start, each recorded, journalled and put into the snapshot at once. */
export function createSessions(deps: CodexDeps) {
  const { workspace } = deps
  const current = () => spokenFor(deps)

  /** Records a step of a session with what it says in the journal. */
  const step = async (
    id: string | undefined,
    describe: (session: Session, now: Date) => Said | null,
  ): Promise<Session> => {
    const now = deps.now()
    let before: Session | undefined
    await changeMemory(workspace, now, ({ history }): Plan => {
      before = requireSession(history.sessions, id)
      const said = describe(before, now)
      if (said === null) return {}
      const { what, bullet, edits = [] } = said
      const steps = { session: before.id, steps: [what] }
      if (bullet === undefined) return { steps, edits }
      if (/(^|: )\s*$/.test(bullet))
        throw refuse('nothing_said', 'Say something: the journal takes no empty lines.')
      return { steps, edits, journal: entryFor(before, now, bullet) }
    })
    const { history } = await readMemory(workspace)
    const after = history.sessions.find((each) => each.id === before?.id) as Session
    if (after.state === 'active') return after
    leaveSession(workspace, after.id)
    return after
  }

  return {
    start: (request: StartRequest) => startSession(deps, request),

    /** `once` are words of the text that stand in no other: where they are in the journal, nothing is added. */
    note: (text: string, lease = defaultLease, once?: string) =>
      step(current(), (session, now) => {
        if (once !== undefined && isInJournal(workspace, once)) return null
        if (session.state === 'paused')
          throw refuse('paused', 'The session is paused; `toolbox codex resume` takes it up.')
        return { what: { type: 'noted', text, until: leaseEnd(now, lease) }, bullet: text }
      }),

    /** A sign of life that says nothing. */
    renew: (lease = defaultLease) =>
      step(current(), (_session, now) => ({ what: { type: 'renewed', until: leaseEnd(now, lease) } })),

    /** Keeps the claim, but not the focus: another task can be started meanwhile. */
    pause: (why: string, lease = '1d') =>
      step(current(), (_session, now) => ({
        what: { type: 'paused', why, until: leaseEnd(now, lease) },
        bullet: `Paused: ${why}`,
      })),

    async resume(lease = defaultLease): Promise<Session> {
      const id = current() ?? (await solePaused(workspace))
      const actor = deps.actor()
      const session = await step(id, (_session, now) => ({
        what: { type: 'resumed', actor, until: leaseEnd(now, lease) },
        bullet: `Resumed by ${actor}.`,
      }))
      // Who speaks for a session of their own leaves the checkout's as it is.
      if (deps.session === undefined) enterSession(workspace, session.id)
      return session
    },

    handOver: (to: string, text: string) =>
      step(current(), () => ({
        what: { type: 'handed_over', to, text },
        bullet: `Handed over to ${to}: ${text}`,
      })),

    /** Ends the session; the task stays in progress for whoever comes next. */
    finish: (text: string) =>
      step(current(), () => ({ what: { type: 'finished', text }, bullet: `Session finished: ${text}` })),

    /** Gives the task back to the backlog. */
    release: (why: string) =>
      step(current(), ({ task }) => ({
        what: { type: 'released', why },
        bullet: `Released: ${why}`,
        edits: [{ kind: 'setTask', task, set: { status: 'backlog' } }],
      })),
  }
}

type Said = { what: Step; bullet?: string; edits?: Edit[] }

async function solePaused(workspace: Workspace): Promise<string> {
  const { history } = await readMemory(workspace)
  const paused = history.sessions.filter((each) => each.state === 'paused')
  const [only] = paused
  if (only && paused.length === 1) return only.id
  const choices = paused.map((each) => `${each.id} (${each.task}, ${each.title})`)
  throw choices.length === 0
    ? refuse('no_session', 'No session is paused here. `toolbox codex start` begins one.')
    : refuse('ambiguous', `Several sessions are paused. Name one with --session: ${choices.join('; ')}.`)
}
