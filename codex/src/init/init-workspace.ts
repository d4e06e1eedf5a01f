import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { refuse } from '../kernel/errors.ts'
import { installDriver } from '../merge/install-driver.ts'
import { replaceFile } from '../workspace/files.ts'
import { findCheckout, paths, type Workspace, workspaceAt } from '../workspace/workspace.ts'
import { emptyBacklog, emptyJournal, emptyProgress } from './templates.ts'

export type Initialised = { root: string; created: string[]; kept: string[]; mergeDriver: boolean }

/**
 * Makes a directory a workspace. It writes only files that are not there. In a git checkout the workspace is its top,
 * and the clone learns to merge the files by meaning.
 */
export async function initWorkspace(
  from: string,
  now: Date,
  command: readonly string[],
  open: (root: string) => Workspace = workspaceAt,
): Promise<Initialised> {
  const checkout = findCheckout(from)
  if (!checkout && isBare(from)) {
    throw refuse('bare_repository', `${from} is a bare repository. Clone it, and begin in the clone.`)
  }
  const workspace = open(checkout ?? from)
  const files = {
    [paths.backlog]: emptyBacklog(now),
    [paths.progress]: emptyProgress,
    [paths.journal]: emptyJournal,
  }
  const created: string[] = []
  const kept: string[] = []
  for (const [path, text] of Object.entries(files)) {
    if (existsSync(workspace.at(path))) kept.push(path)
    else {
      replaceFile(workspace.at(path), text)
      created.push(path)
    }
  }
  return { root: workspace.root, created, kept, mergeDriver: await installDriver(workspace, command) }
}

/** What lies in git's own directory, of a checkout or of a repository without one. */
function isBare(directory: string): boolean {
  return ['HEAD', 'objects', 'refs'].every((name) => existsSync(join(directory, name)))
}
