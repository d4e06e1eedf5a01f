import { Command } from 'commander'
import type { CommandLine, CommonOptions } from './command-line.ts'

/** `prompt check`: prompts are linted like code. */
export function promptCommand({ define, run, context }: CommandLine): Command {
  const check = define(
    'check [files...]',
    'lint prompts, all of ai/prompts by default; exit code 1 when one has faults',
  )
    .argument('[files...]')
    .option('--facts <file>', 'check names against these facts instead of the product as it is documented')
    .option('--sarif', 'print SARIF 2.1.0')
    .action((files: string[], options: CommonOptions & { facts?: string; sarif?: boolean }) =>
      run(options, async () => {
        const [{ checkPrompts }, { findingLine }] = await Promise.all([
          import('../prompts/check-prompts.ts'),
          import('../text/finding.ts'),
        ])
        const { workspace } = await context(options)
        const { checked, findings } = await checkPrompts(workspace, files, options.facts)
        const exitCode = findings.length > 0 ? 1 : 0
        if (options.sarif) {
          const { toSarif } = await import('../prompts/sarif.ts')
          const sarif = toSarif(findings)
          return { data: sarif, text: JSON.stringify(sarif, null, 2), exitCode }
        }
        const fine = `${checked.length} prompt${checked.length === 1 ? '' : 's'} in order.`
        return {
          data: { checked, findings },
          text: exitCode ? findings.map(findingLine).join('\n') : fine,
          exitCode,
        }
      }),
    )
  return new Command('prompt').description('prompts, checked like code').addCommand(check)
}
