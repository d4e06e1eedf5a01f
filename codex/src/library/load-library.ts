import { existsSync } from 'node:fs'
import { CodexError } from '../kernel/errors.ts'
import { loadPersonas, ownPersonas } from '../personas/load-personas.ts'
import type { Persona } from '../personas/persona.ts'
import { loadTasks, ownTasks } from '../tasks/load-tasks.ts'
import type { TaskDefinition } from '../tasks/task.ts'
import { isThere } from '../workspace/is-there.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { originFaults } from './origin.ts'
import { additions } from './paths.ts'

export type Library = { personas: Persona[]; tasks: TaskDefinition[] }

/** Names of what comes with the product. */
export type Given = { personas: ReadonlySet<string>; tasks: ReadonlySet<string> }

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

export function givenNames(): Given {
  const personas = loadPersonas()
  const slugs = (items: readonly { slug: string }[]) => new Set(items.map(({ slug }) => slug))
  return { personas: slugs(personas), tasks: slugs(loadTasks(personas)) }
}

/** What a repository adds says where it comes from, and that is there. */
function requireOrigins(
  workspace: Workspace,
  personas: readonly Persona[],
  tasks: readonly TaskDefinition[],
): void {
  const given = givenNames()
  const within = { exists: (path: string) => isThere(workspace, path), reviewed: false }
  const added = [
    ...personas.filter(({ slug }) => !given.personas.has(slug)),
    ...tasks.filter(({ slug }) => !given.tasks.has(slug)),
  ]
  const faults = added.flatMap(({ slug, origin }) =>
    originFaults(origin, within).map((fault) => `${slug}: ${fault}`),
  )
  if (faults.length > 0) {
    throw new CodexError(
      'origins_invalid',
      'user',
      `Correct what this repository adds:\n${faults.join('\n')}`,
      { faults },
    )
  }
}
