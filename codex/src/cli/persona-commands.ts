import { Command } from 'commander'
import type { CommandLine, CommonOptions } from './command-line.ts'

/** `personas list` and `personas show`. */
export function personaCommand({ define, run }: CommandLine): Command {
  const list = define('list', 'list the personas').action((options: CommonOptions) =>
    run(options, async () => {
      const { loadPersonas } = await import('../personas/load-personas.ts')
      const personas = loadPersonas()
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
        const { requirePersona } = await import('../personas/load-personas.ts')
        const { stringify } = await import('yaml')
        const persona = requirePersona(slug)
        return { data: persona, text: stringify(persona) }
      }),
    )
  return new Command('personas').description('who may do what').addCommand(list).addCommand(show)
}
