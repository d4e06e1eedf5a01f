import { randomUUID } from 'node:crypto'
import { didYouMean } from '@sre-toolbox/contract/nearest'
import { wrongUsage } from './command-error.ts'
import type { Context } from './context.ts'
import { exitCodes, exitCodesHelp } from './exit-codes.ts'
import { createProgram, groupNames } from './program.ts'
import { reportError } from './report-error.ts'

const context: Context = {
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  now: Date.now,
  random: Math.random,
  newKey: randomUUID,
  exitWith: (code) => {
    process.exitCode = code
  },
  exitNow: (code) => process.exit(code),
  onInterrupt(listener) {
    process.on('SIGINT', listener)
    return () => void process.off('SIGINT', listener)
  },
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader went away, as with `| head`: nobody is left to be told.
    process.exit(error.code === 'EPIPE' ? exitCodes.brokenPipe : exitCodes.internal)
  })
}

const args = process.argv.slice(2)
try {
  await run(args)
} catch (error) {
  // At once: a server that could not start may have begun things that would keep the process alive.
  process.exit(reportError(context, error, args.includes('--json')))
}

async function run(given: readonly string[]): Promise<void> {
  const words = given[0] === 'help' ? topic(given.slice(1)) : given
  if (words === null) {
    context.stdout.write(exitCodesHelp)
    return
  }
  const program = await createProgram(context, words[0])
  if (words.length === 0) program.outputHelp()
  else await program.parseAsync(words, { from: 'user' })
}

/** The arguments that show the help asked for; null for the exit codes, which belong to no command. */
function topic(names: readonly string[]): string[] | null {
  const [name] = names
  if (name === 'exit-codes') return null
  const topics = [...groupNames, 'exit-codes']
  if (name !== undefined && !name.startsWith('-') && !topics.includes(name)) {
    throw wrongUsage(`There is no command ${name}.${didYouMean(name, topics)}`)
  }
  return [...names, '--help']
}
