import { join } from 'node:path'
import { fencedOut } from '../events/claims.ts'
import { isOpen, type Session } from '../events/session.ts'
import { refuse } from '../kernel/errors.ts'
import { readIfThere, removeFile, replaceFile } from '../workspace/files.ts'
import { localState } from '../workspace/local-state.ts'
import { paths, type Workspace } from '../workspace/workspace.ts'
import type { CodexDeps } from './deps.ts'

/** The session that this checkout works in, if it works in one. */
export function currentSession(workspace: Workspace): string | undefined {
  return readIfThere(pointer(workspace))?.trim()
}

/** The session that these dependencies speak for. */
export function spokenFor({
  session,
  workspace,
}: Pick<CodexDeps, 'session' | 'workspace'>): string | undefined {
  return session === undefined ? currentSession(workspace) : (session ?? undefined)
}

export function enterSession(workspace: Workspace, session: string): void {
  localState(workspace)
  replaceFile(pointer(workspace), `${session}\n`)
}

/** Forgets the session if it is this checkout's. */
export function leaveSession(workspace: Workspace, session: string): void {
  if (currentSession(workspace) === session) removeFile(pointer(workspace))
}

/**
 * The open session that a command speaks for. A session whose task was taken over is refused, however sure of itself
 * it is.
 */
export function requireSession(sessions: readonly Session[], wanted: string | undefined): Session {
  if (wanted === undefined) {
    const [paused] = sessions.filter(({ state }) => state === 'paused')
    const resume = paused ? ` ${paused.task} is paused: \`toolbox codex resume\` takes it up.` : ''
    throw refuse(
      'no_session',
      `You are in no session here.${resume} Begin one with \`toolbox codex start\`, or name it with --session.`,
    )
  }
  const session = sessions.find((each) => each.id === wanted)
  if (!session)
    throw refuse('not_found', `There is no session ${wanted}. \`toolbox codex status\` lists the open ones.`)
  const lost = fencedOut(sessions).find((each) => each.session === session)
  if (lost) {
    const { actor, openedAt, id } = lost.by
    const message = `${session.task} was taken over by ${actor} at ${openedAt} (session ${id}). Nothing was written; agree with them first.`
    throw refuse('fenced', message, { session: session.id, by: id })
  }
  if (!isOpen(session)) {
    throw refuse(
      'session_ended',
      `The session ${session.id} has ended (${session.state}). Begin a new one with \`start\`.`,
    )
  }
  return session
}

function pointer(workspace: Workspace): string {
  return join(workspace.at(paths.local), 'session')
}
