import { Command } from 'commander'
import type { TaskDefinition } from '../tasks/task.ts'
import type { CommandLine, CommonOptions } from './command-line.ts'
import { runTaskCommand } from './run-task-command.ts'

/** `tasks list`, `tasks show` and `tasks run`. */
export function taskCommand(line: CommandLine): Command {
  const { define, run, library, deps } = line
  const list = define('list', 'list the tasks, and which of them can run on the connected Toolbox')
    .option('--url <url>', 'the Toolbox to ask (else TOOLBOX_URL, else the one signed in to last)')
    .action((options: CommonOptions & { url?: string }) =>
      run(options, async () => {
        const [{ tasks }, toolbox] = await Promise.all([library(), deps.toolbox?.seek(options.url)])
        const [{ missingOperations }, { toolkitTasks }] = await Promise.all([
          import('../runbooks/missing-operations.ts'),
          import('./toolkit-task.ts'),
        ])
        const offered = await toolbox?.offers()
        const added = toolbox ? await toolkitTasks(toolbox) : []
        const items = [...tasks, ...added].map((task) => ({
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
    .option('--url <url>', "the Toolbox to ask for a toolkit's task")
    .action((slug: string, options: CommonOptions & { url?: string }) =>
      run(options, async () => {
        const [{ taskAndPersona }, { refuse }, { stringify }] = await Promise.all([
          import('./toolkit-task.ts'),
          import('../kernel/errors.ts'),
          import('yaml'),
        ])
        const { task } = await taskAndPersona(slug, await library(), async () => {
          if (deps.toolbox) return deps.toolbox.connect(options.url)
          throw refuse('no_toolbox', 'There is no way to a Toolbox from here. Use the `toolbox` command.')
        })
        return { data: task, text: stringify(task) }
      }),
    )
  return new Command('tasks')
    .description('the task library: the canonical tasks, those of this repository, those of toolkits')
    .addCommand(list)
    .addCommand(show)
    .addCommand(runTaskCommand(line))
}

function taskLine({ slug, title, missing }: TaskDefinition & { missing: string[] | null }): string {
  const mark = missing === null ? ' ' : missing.length === 0 ? '✓' : '✗'
  const needs = missing?.length ? `\n  ${' '.repeat(28)}needs ${missing.join(', ')}` : ''
  return `${mark} ${slug.padEnd(28)}${title}${needs}`
}
