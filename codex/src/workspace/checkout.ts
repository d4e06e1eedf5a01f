import { createGit } from './git.ts'
import { findCheckout, type Workspace } from './workspace.ts'

export type Checkout = {
  /** `null` when no branch is checked out. */
  branch: string | null
  /** `null` before the first commit. */
  commit: string | null
  /** Changed, staged or new. */
  changedFiles: number
}

/** How the git checkout around a workspace is; `undefined` outside git. */
export async function readCheckout(workspace: Workspace): Promise<Checkout | undefined> {
  const root = findCheckout(workspace.root)
  if (!root) return undefined
  const lines = (await createGit(root)('status', '--porcelain=v2', '--branch')).split('\n')
  const header = (name: string): string | undefined =>
    lines.find((line) => line.startsWith(`# branch.${name} `))?.slice(`# branch.${name} `.length)
  const branch = header('head')
  const commit = header('oid')
  return {
    branch: branch === undefined || branch === '(detached)' ? null : branch,
    commit: commit === undefined || commit === '(initial)' ? null : commit,
    changedFiles: lines.filter((line) => line !== '' && !line.startsWith('#')).length,
  }
}
