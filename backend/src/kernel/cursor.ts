import type { z } from 'zod'
import { validationFailed } from './operation.ts'

/** A cursor is the key of the last item of the page before. */
export function checkCursor(cursor: string | undefined, key: z.ZodType<string>): void {
  if (cursor === undefined || key.safeParse(cursor).success) return
  throw validationFailed([
    { path: 'cursor', message: 'not a cursor of this list; pass nextCursor of the page before unchanged' },
  ])
}
