import { loadLibrary } from '../library/load-library.ts'
import { playbookPath } from '../library/paths.ts'
import { readIfThere, replaceFile } from '../workspace/files.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { loadPlaybook } from './playbook.ts'
import { renderPlaybook } from './render-playbook.ts'

/** Renders the playbook of a workspace; `write` puts it in its place. Says whether what was there differed. */
export function playbookOf(workspace: Workspace, write: boolean): { text: string; drifted: boolean } {
  const text = renderPlaybook(loadPlaybook(), loadLibrary(workspace))
  const drifted = readIfThere(workspace.at(playbookPath)) !== text
  if (write && drifted) replaceFile(workspace.at(playbookPath), text)
  return { text, drifted }
}
