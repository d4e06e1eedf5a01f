import type { Command } from 'commander'
import type { CommandLine, CommonOptions } from './command-line.ts'
import { liveFacts } from './facts-from.ts'

/** `facts`: what prompts may speak of, from the Toolbox one is signed in to. */
export function factsCommand(line: CommandLine): Command {
  return line
    .define('facts', 'export what prompts may speak of, from the Toolbox you are signed in to')
    .option('--output <file>', 'write them there, as JSON')
    .option('--url <url>', 'the Toolbox to ask (TOOLBOX_URL; else the one signed in to last)')
    .action((options: CommonOptions & { output?: string; url?: string }) =>
      line.run(options, async () => {
        const facts = await liveFacts(await line.connector(options.url)())
        const text = `${JSON.stringify(facts, null, 2)}\n`
        const counts = `${facts.operations.length} operations, ${facts.toolkits?.length ?? 0} toolkits, ${facts.routes.web.length} pages`
        if (options.output === undefined) return { data: facts, text }
        const [{ replaceFile }, { resolve }] = await Promise.all([
          import('../workspace/files.ts'),
          import('node:path'),
        ])
        replaceFile(resolve(line.deps.cwd, options.output), text)
        return { data: facts, text: `Wrote ${options.output}: ${counts}.` }
      }),
    )
}
