import { existsSync } from 'node:fs'
import { isAbsolute, normalize } from 'node:path'
import { CodexError } from '../kernel/errors.ts'
import type { Workspace } from './workspace.ts'

/** Whether a path that a file names is there, in the workspace and not beyond it. */
export function isThere(workspace: Workspace, path: string): boolean {
  if (isAbsolute(path) || normalize(path).startsWith('..')) return false
  try {
    return existsSync(workspace.at(path))
  } catch (error) {
    // A link leads out of the workspace.
    if (error instanceof CodexError) return false
    throw error
  }
}
