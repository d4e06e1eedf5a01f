import {
  boxesOf,
  CodexError,
  createSessions,
  finishTask,
  listSessions,
  pullRequestBody,
  readSession,
  type Session,
  type SessionView,
} from '@sre-toolbox/codex'
import type { CodexSession } from '@sre-toolbox/contract/codex/sessions'
import { depsOf, workspaceOf } from './deps.ts'
import type { Call, Desk } from './desk.ts'
import { slice } from './slice.ts'

type Sessions = ReturnType<typeof createSessions>

export const sessionDesk: Pick<
  Desk,
  | 'listSessions'
  | 'getSession'
  | 'startTask'
  | 'renewClaim'
  | 'noteTask'
  | 'pauseTask'
  | 'resumeTask'
  | 'finishSession'
  | 'handOverTask'
  | 'releaseTask'
  | 'doneTask'
  | 'listBoxes'
  | 'getPullRequest'
> = {
  listSessions(call, { task, actor, open, cursor, limit }) {
    const fitting = listSessions(workspaceOf(call), new Date(call.now)).filter(
      (each) =>
        (task === undefined || each.task === task) &&
        (actor === undefined || each.actor === actor) &&
        (open === undefined || each.open === open),
    )
    const { items, nextCursor } = slice(fitting, cursor, limit)
    return { items: items.map(toSession), nextCursor }
  },

  getSession(call, { sessionId }) {
    const { session, events } = readSession(workspaceOf(call), sessionId, new Date(call.now))
    return {
      session: toSession(session),
      events: events.map(({ hash: _hash, prev: _prev, ...step }) => step),
    }
  },

  async startTask(call, { task, why, lease, force }) {
    const request = {
      // The checkout's own session is the command line's.
      detached: true,
      force,
      ...(task === undefined ? {} : { task }),
      ...(why === undefined ? {} : { why }),
      ...(lease === undefined ? {} : { lease }),
    }
    const { id } = await createSessions(depsOf(call)).start(request)
    return show(call, id)
  },

  renewClaim: (call, { sessionId, lease }) => step(call, sessionId, (own) => own.renew(lease)),
  noteTask: (call, { sessionId, text, lease }) => step(call, sessionId, (own) => own.note(text, lease)),
  pauseTask: (call, { sessionId, why, lease }) => step(call, sessionId, (own) => own.pause(why, lease)),
  resumeTask: (call, { sessionId, lease }) => step(call, sessionId, (own) => own.resume(lease)),
  finishSession: (call, { sessionId, text }) => step(call, sessionId, (own) => own.finish(text)),
  handOverTask: (call, { sessionId, to, text }) => step(call, sessionId, (own) => own.handOver(to, text)),
  releaseTask: (call, { sessionId, why }) => step(call, sessionId, (own) => own.release(why)),

  async doneTask(call, { sessionId, lesson, outcomes, confirm, waive, commit, message }) {
    requireOwn(call, sessionId)
    const boxes = {
      confirm,
      // Its commands are the repository's own: they run where people work, not in the control plane.
      run: [],
      waive: new Map(waive.map(({ box, reason }) => [box, reason])),
    }
    const done = await finishTask(
      depsOf(call, sessionId),
      {
        lesson,
        outcomes,
        verify: [],
        boxes,
        commit: commit && { all: false, ...(message === undefined ? {} : { message }) },
      },
      () => {},
    )
    return { ...show(call, sessionId), commit: done.commit ?? null }
  },

  listBoxes(call) {
    const items = boxesOf(workspaceOf(call)).map(({ number, text, ticked, command }) => ({
      box: number,
      text,
      ticked,
      command: command ?? null,
    }))
    return { items, nextCursor: null }
  },

  async getPullRequest(call, { area, task }) {
    return { body: await pullRequestBody(workspaceOf(call), `${area}/${task}`) }
  },
}

async function step(call: Call, id: string, take: (own: Sessions) => Promise<Session>) {
  requireOwn(call, id)
  await take(createSessions(depsOf(call, id)))
  return show(call, id)
}

/** A session is its actor's; whoever wants its task takes it over, with a reason. */
function requireOwn(call: Call, id: string): void {
  const { session } = readSession(workspaceOf(call), id, new Date(call.now))
  if (session.actor === call.actor) return
  const message = `The session ${id} is ${session.actor}'s. To take ${session.task} over, claim it with force and say why.`
  throw new CodexError('not_yours', 'user', message)
}

function show(call: Call, id: string): { session: CodexSession } {
  return { session: toSession(readSession(workspaceOf(call), id, new Date(call.now)).session) }
}

export function toSession({ fence: _fence, ...session }: SessionView): CodexSession {
  return session
}
