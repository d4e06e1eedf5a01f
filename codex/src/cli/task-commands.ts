import { Command } from 'commander'
import type { CommandLine, CommonOptions } from './command-line.ts'

/** `tasks list` and `tasks show`: the canonical task library. */
export function taskCommand({ define, run, library }: CommandLine): Command {
  const list = define('list', 'list the canonical tasks').action((options: CommonOptions) =>
    run(options, async () => {
      const { tasks } = await library()
      return {
        data: { items: tasks },
        text: tasks.map(({ slug, title }) => `${slug.padEnd(28)}${title}`).join('\n'),
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
  return new Command('tasks').description('the canonical task library').addCommand(list).addCommand(show)
}
