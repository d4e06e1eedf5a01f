import { z } from 'zod'

/** UUIDv7 text. */
export const id = z.uuid()
/** ISO 8601 in UTC with milliseconds. */
export const instant = z.iso.datetime()
export const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'use lowercase letters, digits, - and _ (at most 63)')
/** Why a person did it; shown in the audit log. */
export const justification = z.string().trim().min(3).max(2000)

/** Chosen by the caller: the same key gives the same job. */
export const idempotencyKey = z
  .string()
  .min(1)
  .max(200)
  .refine((key) => !key.startsWith('schedule:'), 'keys that start with schedule: are those of schedules')

export const reason = z.string().trim().max(2000).optional().describe('why it is done; kept in the audit log')

export const pageQuery = {
  cursor: z.string().max(512).optional().describe('nextCursor of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(25),
}

export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

export const empty = z.strictObject({})
export const json: z.ZodType<unknown> = z.unknown()

/** Problem details (RFC 9457) as every refused request answers them. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  instance: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})
export type Problem = z.infer<typeof problem>
