import { type ErrorCode, ToolboxError } from '../kernel/errors.ts'
import { validationFailed } from '../kernel/operation.ts'

/** A refusal of the codex package as it travels between threads. */
export interface CodexFault {
  readonly code: string
  readonly fate: 'user' | 'operational' | 'bug'
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
}

interface Finding {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly message: string
  readonly fix: string
}

const codes: Readonly<Record<string, ErrorCode>> = {
  not_found: 'not_found',
  no_session: 'not_found',
  not_done: 'not_found',
  not_yours: 'conflict',
  busy: 'unavailable',
  no_git: 'unavailable',
}

/** Inputs that the package checks itself, by the field they came in. */
const fields: Readonly<Record<string, string>> = {
  bad_duration: 'lease',
  no_lesson: 'lesson',
  no_outcome: 'outcomes',
  nothing_said: 'text',
  not_a_bullet: 'text',
  unknown_box: 'confirm',
  boxes_open: 'confirm',
  no_reason: 'waive',
}

/** The package's words under the product's codes; `reason` keeps its own. */
export function toRefusal({ code, fate, message, details }: CodexFault): ToolboxError {
  if (fate === 'bug')
    return new ToolboxError('internal', 'The codex failed; the log has the cause.', {}, message)
  const field = fields[code] ?? details.field
  if (typeof field === 'string') return validationFailed([{ path: field, message: inWords(code, message) }])
  const { findings, ...rest } = details
  const kept = { ...rest, reason: code }
  if (Array.isArray(findings) && findings.length > 0) {
    const errors = (findings as Finding[]).map((each) => ({
      path: `${each.file}:${each.line}:${each.column}`,
      message: `${each.message} Fix: ${each.fix}`,
    }))
    return new ToolboxError('operation_failed', message, { ...kept, errors, findings })
  }
  const usual = fate === 'operational' ? 'operation_failed' : 'conflict'
  return new ToolboxError(codes[code] ?? usual, inWords(code, message), kept)
}

/** The package advises those at its command line; here it is fields. */
function inWords(code: string, message: string): string {
  if (code === 'boxes_open')
    return message.replace(/\nAnswer each: .*$/, '\nConfirm each, or waive it with a reason.')
  if (code === 'not_closed')
    return message
      .replace(/`toolbox codex start [^`]*`/, '`codex.startTask`')
      .replace('`toolbox codex done`', '`codex.doneTask`')
  return message.replace(', or give --all or --no-commit.', ', or close the task without `commit`.')
}
