import type { z } from 'zod'
import { validationFailed } from '../kernel/operation.ts'

/** What toolkit code sent, if it has the right shape; throws `validation_failed`. */
export function checkParams<Schema extends z.ZodType>(schema: Schema, params: unknown): z.output<Schema> {
  const parsed = schema.safeParse(params)
  if (parsed.success) return parsed.data
  throw validationFailed(
    parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message })),
  )
}
