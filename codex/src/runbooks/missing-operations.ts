import type { TaskDefinition } from '../tasks/task.ts'

/** Operations that a task calls and a Toolbox does not offer. The task becomes runnable by itself once it does. */
export function missingOperations(
  task: Pick<TaskDefinition, 'steps'>,
  offers: (operation: string) => boolean,
): string[] {
  const needed = new Set(task.steps.map(({ operation }) => operation))
  return [...needed].filter((operation) => !offers(operation)).sort()
}

export function sayMissing(slug: string, missing: readonly string[]): string {
  const what = missing.length === 1 ? 'an operation' : 'operations'
  return `${slug} needs ${what} that this Toolbox does not offer yet: ${missing.join(', ')}. It becomes runnable once it does.`
}
