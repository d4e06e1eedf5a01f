import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { CodexError, refuse } from '../kernel/errors.ts'
import { readYamlFiles } from '../kernel/yaml-files.ts'
import type { Persona } from '../personas/persona.ts'
import { checkTask } from './check-task.ts'
import { type TaskDefinition, taskDefinition } from './task.ts'

/** Where the canonical tasks that come with the package lie. */
export const ownTasks = fileURLToPath(new URL('../../tasks', import.meta.url))

/** Reads every `*.yaml` of the directories as a task, in order of group and slug. All faults are listed at once. */
export function loadTasks(
  personas: readonly Persona[],
  directories: readonly string[] = [ownTasks],
): TaskDefinition[] {
  const bySlug = new Map(personas.map((each) => [each.slug, each]))
  const { files, faults } = readYamlFiles(directories)
  const tasks = new Map<string, TaskDefinition>()
  for (const { file, value } of files) {
    const parsed = taskDefinition.safeParse(value)
    if (!parsed.success) faults.push(`${file}: ${z.prettifyError(parsed.error)}`)
    else if (tasks.has(parsed.data.slug))
      faults.push(`${file}: the slug ${parsed.data.slug} is taken; choose another`)
    else {
      tasks.set(parsed.data.slug, parsed.data)
      faults.push(...checkTask(parsed.data, bySlug).map((each) => `${file}: ${each}`))
    }
  }
  if (faults.length > 0) {
    throw new CodexError('tasks_invalid', 'user', `Correct these task files:\n${faults.join('\n')}`, {
      faults,
    })
  }
  const groups = taskDefinition.shape.group.options
  return [...tasks.values()].sort(
    (a, b) => groups.indexOf(a.group) - groups.indexOf(b.group) || (a.slug < b.slug ? -1 : 1),
  )
}

/** The task of a slug, or a refusal that lists the known ones. */
export function requireTaskDefinition(tasks: readonly TaskDefinition[], slug: string): TaskDefinition {
  const found = tasks.find((each) => each.slug === slug)
  if (found) return found
  throw refuse('not_found', `There is no task ${slug}. Known: ${tasks.map((each) => each.slug).join(', ')}.`)
}
