import { ToolboxError } from '../../kernel/errors.ts'
import { validationFailed } from '../../kernel/operation.ts'
import { locateJsonFault } from './json-fault.ts'
import { findUnfit } from './plain-data.ts'

/** Undefined for an empty body. Throws `validation_failed`, which says where the text stops being JSON. */
export function parseJsonBody(text: string): unknown {
  if (text.length === 0) return undefined
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    throw notJson(text)
  }
  const unfit = findUnfit(data)
  if (unfit) throw validationFailed([unfit])
  return data
}

/** JSON.parse quotes what it refuses, and that may be a password. */
function notJson(text: string): ToolboxError {
  const fault = locateJsonFault(text)
  if (!fault) return new ToolboxError('validation_failed', 'The body is not valid JSON.')
  const { line, column, expected } = fault
  return new ToolboxError(
    'validation_failed',
    `The body is not valid JSON: line ${line}, column ${column} should have ${expected}.`,
    { line, column },
  )
}
