import type { Problem } from '@sre-toolbox/contract'
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts'

/** A problem document, or the part of one that is known without a server's answer. */
export type Fault = Pick<Problem, 'code' | 'title' | 'detail'> &
  Partial<Problem> & { readonly requestId?: string }

/** Ends the command with a message for people, a problem document for scripts, and an exit code. */
export class CommandError extends Error {
  readonly fault: Fault
  readonly exitCode: ExitCode

  constructor(fault: Fault, exitCode: ExitCode, cause?: unknown) {
    super(fault.detail, cause === undefined ? undefined : { cause })
    this.name = 'CommandError'
    this.fault = fault
    this.exitCode = exitCode
  }
}

export function wrongUsage(detail: string, errors?: Problem['errors']): CommandError {
  const fault = { code: 'validation_failed', title: 'The command is not valid', detail }
  return new CommandError(errors ? { ...fault, errors } : fault, exitCodes.usage)
}

export function unavailable(detail: string, cause?: unknown): CommandError {
  return new CommandError(
    { code: 'unavailable', title: 'No Toolbox answers', detail },
    exitCodes.unavailable,
    cause,
  )
}

export function refused(problem: Problem): CommandError {
  return new CommandError(problem, exitCodeOf(problem))
}
