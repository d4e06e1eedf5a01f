import { Command } from 'commander'
import type { CommandLine, CommonOptions } from './command-line.ts'
import { composeCommand } from './compose-command.ts'
import { type FactsOptions, factsFrom, withFacts } from './facts-from.ts'

type CheckOptions = CommonOptions & FactsOptions & { sarif?: boolean; staged?: boolean }
type DigestOptions = CommonOptions & { pin?: boolean }

/** `prompt check`, `prompt compose`, `prompt digest`: prompts are treated like code. */
export function promptCommand(line: CommandLine): Command {
  return new Command('prompt')
    .description('prompts, checked like code')
    .addCommand(checkCommand(line))
    .addCommand(composeCommand(line))
    .addCommand(digestCommand(line))
}

function checkCommand(line: CommandLine): Command {
  const { define, run, context, connector, deps } = line
  return withFacts(
    define('check [files...]', 'lint prompts, all of ai/prompts by default; exit code 1 when one has faults'),
  )
    .argument('[files...]', 'files or patterns, such as "ai/prompts/*.md"')
    .option('--staged', 'only those that the next commit changes, as it will have them')
    .option('--sarif', 'print SARIF 2.1.0')
    .action((files: string[], options: CheckOptions) =>
      run(options, async () => {
        const connect = connector(options.url)
        const [{ checkPrompts }, { findingLine }, { toolkitLibrary }, { workspace }, facts] =
          await Promise.all([
            import('../prompts/check-prompts.ts'),
            import('../text/finding.ts'),
            import('./toolkit-task.ts'),
            context(options),
            factsFrom(options, connect),
          ])
        const request = {
          files,
          cwd: deps.cwd,
          staged: options.staged === true,
          ...(facts && { facts }),
          ...(options.live && { added: [await toolkitLibrary(await connect())] }),
        }
        const { checked, findings } = await checkPrompts(workspace, request)
        const exitCode = findings.some(({ severity }) => severity !== 'hint') ? 1 : 0
        if (options.sarif) {
          const { toSarif } = await import('../prompts/sarif.ts')
          const sarif = toSarif(findings)
          return { data: sarif, text: JSON.stringify(sarif, null, 2), exitCode }
        }
        const fine = `${checked.length} prompt${checked.length === 1 ? '' : 's'} in order.`
        const text = [...findings.map(findingLine), ...(exitCode === 0 ? [fine] : [])].join('\n')
        return { data: { checked, findings }, text, exitCode }
      }),
    )
}

function digestCommand({ define, run, deps }: CommandLine): Command {
  return define('digest <files...>', 'print the digest of prompts; exit code 1 when one is pinned to another')
    .argument('<files...>')
    .option('--pin', 'write it into the front matter')
    .action((files: string[], options: DigestOptions) =>
      run(options, async () => {
        const { digestFiles } = await import('../prompts/digest-files.ts')
        const items = await digestFiles(files, deps.cwd, options.pin === true)
        const text = items
          .map(({ file, digest, pinned }) => `${digest}  ${file}${fits(digest, pinned)}`)
          .join('\n')
        const stale = items.some(({ digest, pinned }) => pinned !== null && pinned !== digest)
        return { data: { items }, text, ...(stale ? { exitCode: 1 } : {}) }
      }),
    )
}

function fits(digest: string, pinned: string | null): string {
  if (pinned === null) return '  (not pinned)'
  return pinned === digest ? '  (as pinned)' : `  (pinned to ${pinned})`
}
