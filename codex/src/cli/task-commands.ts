import { Command } from 'commander'
import type { TaskDefinition } from '../tasks/task.ts'
import type { CommandLine, CommonOptions } from './command-line.ts'
import { runTaskCommand } from './run-task-command.ts'

/** `tasks list`, `tasks show` and `tasks run`: the canonical task library. */
export function taskCommand(line: CommandLine): Command {
  const { define, run, library, deps } = line
  const list = define('list', 'list the canonical tasks, and which of them can run on the connected Toolbox')
    .option('--url <url>', 'the Toolbox to ask (else TOOLBOX_URL, else the one signed in to last)')
    .action((options: CommonOptions & { url?: string }) =>
      run(options, async () => {
        const [{ tasks }, toolbox] = await Promise.all([library(), deps.toolbox?.seek(options.url)])
        const { missingOperations } = await import('../runbooks/missing-operations.ts')
        const offered = await toolbox?.offers()
        const items = tasks.map((task) => ({
          ...task,
          missing: offered ? missingOperations(task, (id) => offered.has(id)) : null,
        }))
        const where = toolbox
          ? `On ${toolbox.url}`
          : 'No Toolbox is connected, so whether they can run is not known'
        return {
          data: { items, toolbox: toolbox?.url ?? null },
          text: [...items.map(taskLine), '', `${where}. \`toolbox codex tasks run <slug>\` runs one.`].join(
            '\n',
          ),
        }
      }),
    )
  const show = define('show <slug>', 'show one task with its inputs, steps and success criteria')
    .argument('<slug>')
    .action((slug: string, options: CommonOptions) =>
      run(options, async () => {
        const [{ requireTaskDefinition }, { stringify }] = await Promise.all([
          import('../tasks/load-tasks.ts'),
          import('yaml'),
        ])
        const task = requireTaskDefinition((await library()).tasks, slug)
        return { data: task, text: stringify(task) }
      }),
    )
  return new Command('tasks')
    .description('the canonical task library')
    .addCommand(list)
    .addCommand(show)
    .addCommand(runTaskCommand(line))
}

function taskLine({ slug, title, missing }: TaskDefinition & { missing: string[] | null }): string {
  const mark = missing === null ? ' ' : missing.length === 0 ? '✓' : '✗'
  const needs = missing?.length ? `\n  ${' '.repeat(28)}needs ${missing.join(', ')}` : ''
  return `${mark} ${slug.padEnd(28)}${title}${needs}`
}
