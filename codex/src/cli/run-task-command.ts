import type { Command } from 'commander'
import type { Answer, CommandLine, CommonOptions } from './command-line.ts'

export interface RunTaskOptions extends CommonOptions {
  url?: string
  input?: string[]
  yesTo?: string
  report?: string
  state?: string
  journal: boolean
}

/** `tasks run`: a task of the library against a Toolbox, step by step. */
export function runTaskCommand({ define, run, library, connector, deps }: CommandLine): Command {
  return define('run <slug>', 'run a task against a Toolbox; exit code 0 only if it succeeded')
    .argument('<slug>')
    .option('--url <url>', 'the Toolbox to run it on (else TOOLBOX_URL, else the one signed in to last)')
    .option(
      '--input <key=value|json>',
      'one input, or several as a JSON object; may be repeated. A secret is env:NAME or file:PATH',
      (value: string, before: string[] = []) => [...before, value],
    )
    .option('--yes-to <steps>', 'approve these steps, by their ids with commas; no other is ever assumed')
    .option('--report <file>', 'write the report there: Markdown, or JSON when the name ends in .json')
    .option('--state <file>', 'keep the run there; if it holds one, go on at the step where that stopped')
    .option('--no-journal', "leave this repository's journal as it is")
    .action((slug: string, options: RunTaskOptions) =>
      run(options, async (): Promise<Answer> => {
        const { runTaskHere } = await import('./run-task-here.ts')
        return runTaskHere({
          slug,
          options,
          deps,
          library: await library(),
          connect: connector(options.url),
        })
      }),
    )
}
