import { statSync } from 'node:fs'
import { type CodexDeps, CodexError, confinedWorkspaceAt, type Workspace } from '@sre-toolbox/codex'
import type { Call } from './desk.ts'

/** The workspace of a call. Its files may have come from anywhere, so no link leads out of it. */
export function workspaceOf({ root }: Pick<Call, 'root'>): Workspace {
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    const message = `The directory ${root} is not there (any more). Bring it back, or forget the workspace.`
    throw new CodexError('workspace_gone', 'user', message)
  }
  return confinedWorkspaceAt(root)
}

/** What the package's use cases need; never the session that the command line works in. */
export function depsOf(call: Call, session: string | null = null): CodexDeps {
  return {
    workspace: workspaceOf(call),
    now: () => new Date(call.now),
    newId: () => call.id,
    actor: () => call.actor,
    session,
  }
}
