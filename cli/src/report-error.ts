import { styleText } from 'node:util'
import { CommanderError } from 'commander'
import { CommandError, type Fault, wrongUsage } from './command-error.ts'
import type { Context } from './context.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { printable } from './text.ts'

/** Says what went wrong on standard error and returns what the process ends with. */
export function reportError(context: Context, thrown: unknown, json: boolean): ExitCode {
  if (thrown instanceof CommanderError && thrown.exitCode === 0) return exitCodes.ok
  // Commander has shown the help already.
  if (thrown instanceof CommanderError && thrown.code === 'commander.help') return exitCodes.usage
  const error = toCommandError(thrown)
  context.stderr.write(json ? `${JSON.stringify(error.fault)}\n` : forPeople(error, context))
  const { cause } = error
  // A fault of the command itself: the place helps whoever mends it.
  if (error.exitCode === exitCodes.internal && !json && cause instanceof Error) {
    context.stderr.write(`${printable(cause.stack ?? '')}\n`)
  }
  return error.exitCode
}

function toCommandError(thrown: unknown): CommandError {
  if (thrown instanceof CommandError) return thrown
  if (thrown instanceof CommanderError) {
    const text = thrown.message.replace(/^error: /, '').replace(/\n\((Did you mean .*)\)$/, '. $1')
    const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?]$/.test(text) ? '' : '.'}`
    return wrongUsage(`${sentence} Add --help to see what there is.`)
  }
  const detail = thrown instanceof Error ? thrown.message : String(thrown)
  return new CommandError(
    { code: 'internal', title: 'Something is wrong in the toolbox command', detail },
    exitCodes.internal,
    thrown,
  )
}

function forPeople(error: CommandError, context: Context): string {
  const { fault } = error
  const lines = [fault.detail || fault.title]
  for (const { path, message } of fault.errors ?? []) {
    // The server's detail quotes the first one, with its field.
    if (!fault.detail.includes(path === '' ? message : `\`${path}\`: ${message}`))
      lines.push(`  ${path === '' ? 'input' : path}: ${message}`)
  }
  const advice = adviceFor(fault)
  if (advice) lines.push(advice)
  if (fault.requestId) lines.push(`request ${fault.requestId}`)
  const mark =
    error.exitCode === exitCodes.interrupted
      ? ''
      : `${styleText('red', 'error:', { stream: context.stderr })} `
  return `${mark}${printable(lines.join('\n'))}\n`
}

function adviceFor(fault: Fault): string | null {
  if (fault.code === 'not_signed_in') return 'Sign in with `toolbox login`, or set TOOLBOX_TOKEN.'
  if (fault.code === 'internal' && fault.requestId)
    return "The server's log has the cause under this request id."
  return null
}
