import { Command } from 'commander'
import type { CommandLine, CommonOptions } from './command-line.ts'

/** `personas list` and `personas show`. */
export function personaCommand({ define, run, library }: CommandLine): Command {
  const list = define('list', 'list the personas').action((options: CommonOptions) =>
    run(options, async () => {
      const { personas } = await library()
      return {
        data: { items: personas },
        text: personas.map(({ slug, scope }) => `${slug.padEnd(26)}${scope}`).join('\n'),
      }
    }),
  )
  const show = define('show <slug>', 'show one persona with its guardrails')
    .argument('<slug>')
    .action((slug: string, options: CommonOptions) =>
      run(options, async () => {
        const [{ requirePersona }, { stringify }] = await Promise.all([
          import('../personas/load-personas.ts'),
          import('yaml'),
        ])
        const persona = requirePersona((await library()).personas, slug)
        return { data: persona, text: stringify(persona) }
      }),
    )
  return new Command('personas').description('who may do what').addCommand(list).addCommand(show)
}
