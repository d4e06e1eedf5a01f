import type { CodexTask } from '@sre-toolbox/contract/codex/library'

/** How a task is run in a checkout; what it must be told stands there to be filled in. */
export function terminalCommand({ slug, inputs }: Pick<CodexTask, 'slug' | 'inputs'>): string {
  const needed = inputs.filter((input) => input.required && input.default === undefined)
  return [`toolbox codex tasks run ${slug}`, ...needed.map(({ name }) => `--input ${name}=…`)].join(' ')
}
