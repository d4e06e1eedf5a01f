import { Command } from 'commander'
import type { CommandLine, CommonOptions } from './command-line.ts'
import { runTaskCommand } from './run-task-command.ts'

type AskOptions = CommonOptions & { url?: string }

/** `tasks list`, `tasks show` and `tasks run`. */
export function taskCommand(line: CommandLine): Command {
  const { define, run, library, given, connector } = line
  const list = define(
    'list',
    'list the tasks: of the product, of this repository, of toolkits; and which can run on the connected Toolbox',
  )
    .option('--url <url>', 'the Toolbox to ask (else TOOLBOX_URL, else the one signed in to last)')
    .action((options: AskOptions) =>
      run(options, async () => {
        const [{ columns, listed }, { sourceText }, { toolkitTasks }, { missingOperations }] =
          await Promise.all([
            import('./listed.ts'),
            import('../library/source.ts'),
            import('./toolkit-task.ts'),
            import('../runbooks/missing-operations.ts'),
          ])
        const known = { items: (await library()).tasks, given: (await given()).tasks }
        const { items: tasks, toolbox, where } = await listed(line, options.url, known, toolkitTasks)
        const offered = await toolbox?.offers()
        const items = tasks.map((task) => ({
          ...task,
          missing: offered ? missingOperations(task, (id) => offered.has(id)) : null,
        }))
        const rows = items.map(({ slug, from, title, missing }) => [
          missing === null ? ' ' : missing.length === 0 ? '✓' : '✗',
          slug,
          sourceText(from),
          missing?.length ? `${title} (needs ${missing.join(', ')})` : title,
        ])
        const unknown = toolbox ? '' : ' Whether the others can run is not known.'
        return {
          data: { items, toolbox: toolbox?.url ?? null },
          text: `${columns(rows)}\n\n${where}${unknown} \`toolbox codex tasks run <slug>\` runs one.`,
        }
      }),
    )
  const show = define('show <slug>', 'show one task with its inputs, steps and success criteria')
    .argument('<slug>')
    .option('--url <url>', "the Toolbox to ask for a toolkit's task")
    .action((slug: string, options: AskOptions) =>
      run(options, async () => {
        const [{ findTask }, { shown }] = await Promise.all([
          import('./toolkit-task.ts'),
          import('./listed.ts'),
        ])
        return shown(await findTask(slug, await library(), connector(options.url)), (await given()).tasks)
      }),
    )
  return new Command('tasks')
    .description('the task library: the canonical tasks, those of this repository, those of toolkits')
    .addCommand(list)
    .addCommand(show)
    .addCommand(runTaskCommand(line))
}
