import { existsSync, lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { refuse } from '../kernel/errors.ts'

/** The files of a workspace, relative to its root. */
export const paths = {
  backlog: 'docs/TODO.yaml',
  progress: 'ai/state/progress.json',
  journal: 'ai/state/journal.md',
  /** One append-only file a session: the truth for claims and sessions. */
  events: 'ai/state/events',
  /** What belongs to this checkout alone; ignored by git. */
  local: 'ai/state/.local',
  pullRequestTemplate: '.github/PULL_REQUEST_TEMPLATE.md',
} as const

export type Workspace = { root: string; at: (path: string) => string }

/** A workspace in a directory that is known to be its root. */
export function workspaceAt(root: string): Workspace {
  return { root, at: (path) => join(root, path) }
}

/**
 * A workspace whose files may have been written by anyone: a path that a link leads out of it is refused, and so is
 * never read or written.
 */
export function confinedWorkspaceAt(root: string): Workspace {
  const real = realpathSync(root)
  const at = (path: string): string => {
    const named = join(real, path)
    const leadsTo = realOf(named)
    if (leadsTo === real || leadsTo.startsWith(`${real}${sep}`)) return named
    throw refuse(
      'outside',
      `${path} is or goes through a link that leads out of ${root}. Replace it by a file.`,
      {
        path,
      },
    )
  }
  return { root: real, at }
}

/** Where a path leads, also when its end is not there yet; a link to nothing leads where it points. */
function realOf(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  if (lstatSync(path, { throwIfNoEntry: false })) return resolve(dirname(path), readlinkSync(path))
  return join(realOf(dirname(path)), basename(path))
}

/** The nearest directory, from `from` upwards, that holds a backlog. */
export function findWorkspace(from: string): Workspace {
  const found = seekWorkspace(from)
  if (found) return found
  throw refuse(
    'no_workspace',
    `There is no ${paths.backlog} in ${from} or above it. Run \`toolbox codex init\` first.`,
  )
}

/** The same, for those who can do without. */
export function seekWorkspace(from: string): Workspace | undefined {
  const root = nearest(from, (directory) => existsSync(join(directory, paths.backlog)))
  return root === undefined ? undefined : workspaceAt(root)
}

/** The top of the git checkout that holds the directory. A `.git` file (a worktree, a submodule) counts. */
export function findCheckout(from: string): string | undefined {
  return nearest(from, (directory) => existsSync(join(directory, '.git')))
}

function nearest(from: string, found: (directory: string) => boolean): string | undefined {
  let directory = resolve(from)
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) directory = dirname(directory)
  while (!found(directory)) {
    const parent = dirname(directory)
    if (parent === directory) return undefined
    directory = parent
  }
  return directory
}
