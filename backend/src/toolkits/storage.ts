import { z } from 'zod'
import type { Clock } from '../kernel/clock.ts'
import { ToolboxError } from '../kernel/errors.ts'
import { checkParams } from './check-params.ts'
import type { ToolkitValue, ToolkitValues } from './ports.ts'

/** What every toolkit may keep. */
export interface StorageLimits {
  /** Of one value, as JSON in UTF-8. */
  readonly maxValueBytes: number
  readonly maxKeys: number
}

export const storageLimits: StorageLimits = { maxValueBytes: 1024 ** 2, maxKeys: 10_000 }

export interface Storage {
  readonly values: ToolkitValues
  readonly limits: StorageLimits
  readonly clock: Clock
}

const key = z
  .string()
  .min(1)
  .max(512)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'plain text without NUL')
const ifVersion = z.number().int().min(0).optional()
const getParams = z.strictObject({ key })
const putParams = z.strictObject({ key, value: z.unknown(), ifVersion })
const deleteParams = z.strictObject({ key, ifVersion })
const listParams = z.strictObject({
  prefix: z.union([key, z.literal('')]).default(''),
  limit: z.number().int().min(1).max(1000).default(100),
  cursor: key.optional(),
})

/** The toolkit's durable store, by the methods its host asks with. */
export const storeMethods = {
  async 'store.get'({ values }: Storage, slug: string, params: unknown) {
    const found = await values.get(slug, checkParams(getParams, params).key)
    return { item: found && toItem(found) }
  },
  async 'store.put'({ values, limits, clock }: Storage, slug: string, params: unknown) {
    const put = checkParams(putParams, params)
    const value = JSON.stringify(put.value ?? null)
    if (Buffer.byteLength(value) > limits.maxValueBytes) {
      throw new ToolboxError(
        'too_large',
        `The value of ${put.key} has ${Buffer.byteLength(value)} bytes as JSON; at most ${limits.maxValueBytes} are kept. Split it over several keys.`,
      )
    }
    const answer = await values.put(slug, {
      key: put.key,
      value,
      ifVersion: put.ifVersion ?? null,
      maxKeys: limits.maxKeys,
      at: clock.now(),
    })
    if (answer.kind === 'stored') return { version: answer.version }
    if (answer.kind === 'conflict') throw conflict(put.key)
    throw new ToolboxError(
      'too_large',
      `The store of ${slug} is full: it holds ${limits.maxKeys} keys. Delete some, or keep several values under one key.`,
    )
  },
  async 'store.delete'({ values }: Storage, slug: string, params: unknown) {
    const removal = checkParams(deleteParams, params)
    const answer = await values.delete(slug, removal.key, removal.ifVersion ?? null)
    if (answer === 'conflict') throw conflict(removal.key)
    return { deleted: answer === 'deleted' }
  },
  async 'store.list'({ values }: Storage, slug: string, params: unknown) {
    const { prefix, limit, cursor } = checkParams(listParams, params)
    const found = await values.list(slug, { prefix, after: cursor ?? null, limit: limit + 1 })
    const page = found.slice(0, limit)
    return { items: page.map(toItem), nextCursor: found.length > limit ? (page.at(-1)?.key ?? null) : null }
  },
}

function toItem({ key, value, version }: ToolkitValue) {
  return { key, value: JSON.parse(value), version }
}

function conflict(key: string): ToolboxError {
  return new ToolboxError(
    'conflict',
    `${key} was written by somebody else in between. Read it again, then repeat.`,
  )
}
