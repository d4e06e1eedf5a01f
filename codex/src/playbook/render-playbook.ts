import type { Library } from '../library/load-library.ts'
import type { Playbook } from './playbook.ts'

/** `ai/ops/codex.md`, whole, from the data. */
export function renderPlaybook(playbook: Playbook, { personas, tasks }: Library): string {
  const { title, purpose, files, workflow, principles, patterns, checklist, groups, extending } = playbook
  const sections = [
    `<!-- Written by \`toolbox codex playbook\` from data. Change the data, not this file. -->`,
    `# ${title}\n\n${purpose}`,
    `## Memory\n\n${table(
      ['File', 'Holds'],
      files.map(({ path, holds }) => [`\`${path}\``, holds]),
    )}`,
    `## Workflow\n\n${workflow.map(({ step, command }, index) => `${index + 1}. ${step} \`${command}\``).join('\n')}`,
    `## Principles\n\n${principles.map(({ name, rule }) => `- **${name}.** ${rule}`).join('\n')}`,
    `## Personas\n\n${table(
      ['Persona', 'Scope', 'Enters at', 'Roles', 'May call', 'Guardrails'],
      personas.map((each) => [
        `**${each.name}** (\`${each.slug}\`)`,
        each.scope,
        codes(each.entryRoutes),
        codes([...each.roles, ...(each.superuser ? ['superuser'] : [])]),
        codes(each.operations),
        each.guardrails.map(({ text }) => text).join(' '),
      ]),
    )}`,
    `## Prompts\n\n${bullets(patterns)}\n\n### Checklist\n\n${checklist.map(({ section, holds }) => `- **${section}.** ${holds}`).join('\n')}`,
    `## Tasks\n\n${Object.entries(groups)
      .map(([group, name]) => [name, tasks.filter((each) => each.group === group)] as const)
      .filter(([, members]) => members.length > 0)
      .map(([name, members]) => `### ${name}\n\n${members.map(taskLine).join('\n')}`)
      .join('\n\n')}`,
    `## Extending\n\n${extending.trim()}`,
  ]
  return `${sections.join('\n\n')}\n`
}

function taskLine({ slug, title, persona, steps }: Library['tasks'][number]): string {
  const operations = [...new Set(steps.map((step) => step.operation))]
  return `- **${title}** (\`${slug}\`, ${persona}): ${codes(operations)}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function codes(items: readonly string[]): string {
  return items.map((each) => `\`${each}\``).join(', ')
}

function bullets(items: readonly string[]): string {
  return items.map((each) => `- ${each}`).join('\n')
}
