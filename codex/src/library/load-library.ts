import { existsSync } from 'node:fs'
import { CodexError } from '../kernel/errors.ts'
import { loadPersonas, ownPersonas } from '../personas/load-personas.ts'
import type { Persona } from '../personas/persona.ts'
import { loadTasks, ownTasks } from '../tasks/load-tasks.ts'
import type { TaskDefinition } from '../tasks/task.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { originFaults } from './origin.ts'
import { additions } from './paths.ts'

export type Library = { personas: Persona[]; tasks: TaskDefinition[] }

/** The personas and tasks of the package and of the workspace, if there is one. */
export function loadLibrary(workspace: Workspace | undefined): Library {
  const added = (path: string): string[] => {
    const directory = workspace?.at(path)
    return directory && existsSync(directory) ? [directory] : []
  }
  const personas = loadPersonas([ownPersonas, ...added(additions.personas)])
  const tasks = loadTasks(personas, [ownTasks, ...added(additions.tasks)])
  if (workspace) requireOrigins(workspace, personas, tasks)
  return { personas, tasks }
}

/** What a repository adds says where it comes from, and that is there. */
function requireOrigins(
  workspace: Workspace,
  personas: readonly Persona[],
  tasks: readonly TaskDefinition[],
): void {
  const own = new Set([...loadPersonas(), ...loadTasks(loadPersonas())].map((each) => each.slug))
  const within = { exists: (path: string) => existsSync(workspace.at(path)), reviewed: false }
  const faults = [...personas, ...tasks]
    .filter((each) => !own.has(each.slug))
    .flatMap(({ slug, origin }) => originFaults(origin, within).map((fault) => `${slug}: ${fault}`))
  if (faults.length > 0) {
    throw new CodexError(
      'origins_invalid',
      'user',
      `Correct what this repository adds:\n${faults.join('\n')}`,
      { faults },
    )
  }
}
