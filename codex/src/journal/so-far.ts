import type { Workspace } from '../workspace/workspace.ts'
import { readEntries } from './read-entries.ts'

const shown = 3

/** What the journal says last of a task, before the session that has just been begun on it. */
export function soFar(workspace: Workspace, task: string): string[] {
  const text = readEntries(workspace, { task }).at(-1)?.text ?? ''
  const bullets = text.split(/\r?\n/).filter((line) => line.startsWith('- ') && !line.startsWith('- Task: '))
  const begun = bullets.findLastIndex((line) => line.includes(' Started by '))
  return bullets
    .slice(0, Math.max(0, begun))
    .slice(-shown)
    .map((line) => line.slice(2))
}
