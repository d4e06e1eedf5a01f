import { Command, InvalidArgumentError } from 'commander'

/** A command on the API, with the options all of them take. */
export function apiCommand(name: string, summary: string): Command {
  return new Command(name)
    .description(summary)
    .option('--url <url>', 'the Toolbox to talk to (else TOOLBOX_URL, else the one signed in to last)')
    .option('--json', "print the API's answer as it is")
    .option('--utc', 'exact times in UTC instead of relative ones')
}

/** Gathers an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}

export function parseJobId(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase()
  throw new InvalidArgumentError('A job id is a UUID; `toolbox jobs list` shows them.')
}

export function parseInteger(text: string): number {
  if (/^-?\d{1,15}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give a whole number.')
}
