import type { CodexTaskSummary } from '@sre-toolbox/contract/codex/library'

export const groupTitles: Readonly<Record<CodexTaskSummary['group'], string>> = {
  monitoring: 'Monitoring and incidents',
  toolkits: 'Toolkits',
  access: 'Access',
  documentation: 'Documentation',
  diagnostics: 'Diagnostics',
}

/** In the order of the titles, those without a task left out. */
export function byGroup(tasks: readonly CodexTaskSummary[]) {
  const groups = Object.keys(groupTitles) as CodexTaskSummary['group'][]
  return groups
    .map((group) => ({ title: groupTitles[group], tasks: tasks.filter((task) => task.group === group) }))
    .filter((group) => group.tasks.length > 0)
}

/** Every word of the question is somewhere in what the list shows of the task. */
export function fitsWords(task: CodexTaskSummary, question: string): boolean {
  const text = [task.slug, task.title, task.persona, groupTitles[task.group], ...task.routes].join(' ')
  const words = question.toLowerCase().split(/\s+/).filter(Boolean)
  return words.every((word) => text.toLowerCase().includes(word))
}
