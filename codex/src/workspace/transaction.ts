import { basename, join } from 'node:path'
import { CodexError } from '../kernel/errors.ts'
import { sha256 } from '../kernel/sha256.ts'
import { readIfThere, removeFile, replaceFile } from './files.ts'
import { localState } from './local-state.ts'
import { paths, type Workspace } from './workspace.ts'

/** A file's new text. `before` is the text it was made from, `undefined` for a file that was not there. */
export type Change = { path: string; before: string | undefined; after: string }

type Pending = { path: string; before: string | null; after: string }

/**
 * Writes several files so that a crash leaves all of them or none: what is to be written is written down first, and the
 * next writer finishes it. Call it under the lock. A file that no longer holds `before` refuses the whole.
 */
export function commitChanges(workspace: Workspace, changes: readonly Change[]): void {
  const real = changes.filter((change) => change.before !== change.after)
  for (const change of real) refuseIfChanged(workspace, change)
  if (real.length === 0) return
  const [only] = real
  if (only && real.length === 1) {
    replaceFile(workspace.at(only.path), only.after)
    return
  }
  const pending: Pending[] = real.map(({ path, before, after }) => ({ path, before: digest(before), after }))
  const intent = intentPath(workspace)
  replaceFile(intent, JSON.stringify(pending))
  for (const { path, after } of real) replaceFile(workspace.at(path), after)
  removeFile(intent)
}

/** Files that were finished, and files left alone, with the place where the text meant for them was put. */
export type Recovery = { finished: string[]; leftAlone: { path: string; meant: string }[] }

/** Finishes what a crash cut off; a file that someone changed since is left as it is. Call it under the lock. */
export function recover(workspace: Workspace): Recovery {
  const intent = intentPath(workspace)
  const source = readIfThere(intent)
  const recovery: Recovery = { finished: [], leftAlone: [] }
  if (source === undefined) return recovery
  for (const { path, before, after } of JSON.parse(source) as Pending[]) {
    const now = readIfThere(workspace.at(path))
    if (now === after) continue
    if (digest(now) === before) {
      replaceFile(workspace.at(path), after)
      recovery.finished.push(path)
    } else {
      const meant = join(paths.local, 'unfinished', basename(path))
      replaceFile(workspace.at(meant), after)
      recovery.leftAlone.push({ path, meant })
    }
  }
  removeFile(intent)
  return recovery
}

/** Whether a crash left something to finish. */
export function hasPending(workspace: Workspace): boolean {
  return readIfThere(join(workspace.at(paths.local), 'pending.json')) !== undefined
}

function intentPath(workspace: Workspace): string {
  return join(localState(workspace), 'pending.json')
}

function refuseIfChanged(workspace: Workspace, { path, before }: Change): void {
  if (readIfThere(workspace.at(path)) === before) return
  throw new CodexError(
    'changed_meanwhile',
    'user',
    `${path} was changed by someone else meanwhile. Look at it and try again.`,
    {
      path,
    },
  )
}

function digest(text: string | undefined): string | null {
  return text === undefined ? null : sha256(text)
}
