import type { Command } from 'commander'
import type { Context } from '../../cli/src/context.ts'
import { createProgram, groupNames } from '../../cli/src/program.ts'

/** Never used: the commands are looked at, not run. */
const context = {
  env: {},
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
} as unknown as Context

export async function readCommands(): Promise<ReadonlyMap<string, Command>> {
  const programs = await Promise.all(groupNames.map((name) => createProgram(context, name)))
  return new Map(
    programs.map((program, index) => {
      const name = groupNames[index] as string
      return [name, program.commands.find((command) => command.name() === name) as Command]
    }),
  )
}

/** What is wrong with `toolbox …` as a guide writes it; null when the command takes it. */
export function commandFault(line: string, commands: ReadonlyMap<string, Command>): string | null {
  const words = wordsOf(line)
  const [, group = ''] = words
  if (group === 'help' || group === '…') return null
  const head = commands.get(group)
  if (!head) return `there is no command ${group}`
  const { command, rest } = descend(head, words.slice(2))
  if (command.commands.length > 0 && rest[0] !== undefined && /^[a-z-]+$/.test(rest[0])) {
    return `${command.name()} has no command ${rest[0]}`
  }
  const options = command.options.flatMap(({ long, short }) => [long, short])
  const unknown = rest.find((word) => /^--?[a-z]/.test(word) && !options.includes(word))
  return unknown === undefined ? null : `${command.name()} does not take ${unknown}`
}

/** Follows the names of subcommands as far as there are any. */
function descend(command: Command, rest: readonly string[]): { command: Command; rest: readonly string[] } {
  const next = command.commands.find((candidate) => candidate.name() === rest[0])
  return next ? descend(next, rest.slice(1)) : { command, rest }
}

/** What a shell would make of it, up to where the command ends. */
function wordsOf(line: string): string[] {
  const [command = ''] = line.split(/\s(?:[>|#]|&&)\s/)
  return command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? []
}
