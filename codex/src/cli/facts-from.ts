import type { Command } from 'commander'
import { refuse } from '../kernel/errors.ts'
import type { Facts } from '../prompts/facts.ts'
import type { ConnectedToolbox } from './toolbox-port.ts'

export type FactsOptions = { facts?: string; live?: boolean; url?: string }

/** Adds the options that say which facts to use. */
export function withFacts(command: Command): Command {
  return command
    .option(
      '--facts <file>',
      'use the facts in this file (`toolbox codex facts`) instead of those of the product',
    )
    .option('--live', 'use the facts of the Toolbox you are signed in to')
    .option('--url <url>', 'with --live: the Toolbox to ask (TOOLBOX_URL; else the one signed in to last)')
}

/** The facts that a command is to use: of a file, of the Toolbox that `connect` leads to, or undefined for the product's own. */
export async function factsFrom(
  options: FactsOptions,
  connect: () => Promise<ConnectedToolbox>,
): Promise<Facts | undefined> {
  const { loadFacts } = await import('../prompts/facts.ts')
  if (options.facts !== undefined && options.live) {
    throw refuse('facts_twice', 'Give --facts or --live, not both.')
  }
  if (options.facts !== undefined) return loadFacts(options.facts)
  return options.live ? liveFacts(await connect()) : undefined
}

/** Asks the Toolbox. */
export async function liveFacts({ url, call }: ConnectedToolbox): Promise<Facts> {
  const { parseFacts } = await import('../prompts/facts.ts')
  return parseFacts(await call('codex.facts', {}), url)
}
