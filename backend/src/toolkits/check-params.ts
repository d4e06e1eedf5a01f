import { checkInput } from '@sre-toolbox/contract/input-faults'
import type { z } from 'zod'
import { validationFailed } from '../kernel/operation.ts'

/** What toolkit code sent, if it has the right shape; throws `validation_failed`. */
export function checkParams<Schema extends z.ZodType>(schema: Schema, params: unknown): z.output<Schema> {
  const checked = checkInput(schema, params)
  if (!checked.ok) throw validationFailed(checked.errors)
  return checked.value
}
