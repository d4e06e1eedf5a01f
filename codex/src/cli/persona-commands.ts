import { Command } from 'commander'
import type { CommandLine, CommonOptions } from './command-line.ts'

type AskOptions = CommonOptions & { url?: string }

/** `personas list` and `personas show`. */
export function personaCommand(line: CommandLine): Command {
  const { define, run, library, given, connector } = line
  const list = define('list', 'list the personas: of the product, of this repository, of toolkits')
    .option('--url <url>', 'the Toolbox to ask (else TOOLBOX_URL, else the one signed in to last)')
    .action((options: AskOptions) =>
      run(options, async () => {
        const [{ columns, listed }, { sourceText }, { toolkitPersonas }] = await Promise.all([
          import('./listed.ts'),
          import('../library/source.ts'),
          import('./toolkit-task.ts'),
        ])
        const known = { items: (await library()).personas, given: (await given()).personas }
        const { items, toolbox, where } = await listed(line, options.url, known, toolkitPersonas)
        const rows = items.map(({ slug, from, scope }) => [slug, sourceText(from), scope])
        return {
          data: { items, toolbox: toolbox?.url ?? null },
          text: `${columns(rows)}\n\n${where}`,
        }
      }),
    )
  const show = define('show <slug>', 'show one persona with its guardrails')
    .argument('<slug>')
    .option('--url <url>', "the Toolbox to ask for a toolkit's persona")
    .action((slug: string, options: AskOptions) =>
      run(options, async () => {
        const [{ findPersona }, { shown }] = await Promise.all([
          import('./toolkit-task.ts'),
          import('./listed.ts'),
        ])
        const persona = await findPersona(slug, await library(), connector(options.url))
        return shown(persona, (await given()).personas)
      }),
    )
  return new Command('personas').description('who may do what').addCommand(list).addCommand(show)
}
