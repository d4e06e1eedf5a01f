import type { OperationDeclaration } from '@sre-toolbox/contract'
import { didYouMean } from '@sre-toolbox/contract/nearest'
import type { z } from 'zod'
import { wrongUsage } from './command-error.ts'

/** Throws what the server would refuse, before anything is sent, with a guess at what was meant. */
export function checkInput(declaration: OperationDeclaration, input: unknown): void {
  const parsed = declaration.input.safeParse(input, { reportInput: true })
  if (parsed.success) return
  const fields = Object.keys(declaration.input.shape)
  const errors = parsed.error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: `${issue.message}${guess(issue, fields)}`,
  }))
  throw wrongUsage(`The input of ${declaration.id} is not valid; nothing was sent.`, errors)
}

function guess(issue: z.core.$ZodIssue, fields: readonly string[]): string {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => didYouMean(key, fields)).join('')
  }
  if (issue.code === 'invalid_value' && typeof issue.input === 'string') {
    return didYouMean(issue.input, issue.values.map(String))
  }
  return ''
}
