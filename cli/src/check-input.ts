import type { OperationDeclaration } from '@sre-toolbox/contract'
import type { z } from 'zod'
import { wrongUsage } from './command-error.ts'
import { didYouMean } from './suggest.ts'

/** Throws what the server would refuse, before anything is sent, with a guess at what was meant. */
export function checkInput(declaration: OperationDeclaration, input: unknown): void {
  const parsed = declaration.input.safeParse(input)
  if (parsed.success) return
  const fields = Object.keys(declaration.input.shape)
  const errors = parsed.error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: `${issue.message}${guess(issue, input, fields)}`,
  }))
  throw wrongUsage(`The input of ${declaration.id} is not valid; nothing was sent.`, errors)
}

function guess(issue: z.core.$ZodIssue, input: unknown, fields: readonly string[]): string {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => didYouMean(key, fields)).join('')
  }
  if (issue.code === 'invalid_value') {
    const given = issue.path.reduce<unknown>(
      (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
      input,
    )
    return typeof given === 'string' ? didYouMean(given, issue.values.map(String)) : ''
  }
  return ''
}
