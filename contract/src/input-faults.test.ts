import { expect, it } from 'vitest'
import { z } from 'zod'
import { checkInput } from './input-faults.ts'

const schema = z.strictObject({
  name: z.string().min(3),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  size: z.int().optional(),
  ratio: z.number().lt(1).optional(),
  roles: z
    .array(z.enum(['reader', 'writer']))
    .max(1)
    .optional(),
  since: z.iso.datetime().optional(),
  id: z.uuid().optional(),
  home: z.url().optional(),
  confirmed: z.literal(true).optional(),
  slug: z
    .string()
    .regex(/^[a-z]+$/, 'must be lowercase letters')
    .optional(),
  settings: z.strictObject({ on: z.boolean() }).optional(),
})

function faults(input: unknown) {
  const checked = checkInput(schema, input)
  return checked.ok ? [] : checked.errors.map(({ path, message }) => `${path}: ${message}`)
}

it.each([
  [{}, 'name: is required'],
  [{ name: 5 }, 'name: must be text'],
  [{ name: 'ab' }, 'name: must have at least 3 characters'],
  [{ name: 'abc', limit: 'many' }, 'limit: must be a number'],
  [{ name: 'abc', limit: 0 }, 'limit: must be at least 1'],
  [{ name: 'abc', limit: 201 }, 'limit: must be at most 200'],
  [{ name: 'abc', size: 1.5 }, 'size: must be a whole number'],
  [{ name: 'abc', ratio: 1 }, 'ratio: must be less than 1'],
  [{ name: 'abc', roles: ['reader', 'writer'] }, 'roles: must have at most 1 item'],
  [{ name: 'abc', roles: ['king'] }, 'roles.0: must be one of reader, writer'],
  [
    { name: 'abc', since: 'yesterday' },
    'since: must be an ISO 8601 time in UTC, such as 2026-01-31T08:00:00Z',
  ],
  [{ name: 'abc', id: '1' }, 'id: must be a UUID'],
  [{ name: 'abc', home: 'here' }, 'home: must be a URL'],
  [{ name: 'abc', confirmed: false }, 'confirmed: must be true'],
  [{ name: 'abc', slug: 'A' }, 'slug: must be lowercase letters'],
  [{ name: 'abc', settings: { on: 'yes' } }, 'settings.on: must be true or false'],
  [[], ': must be an object'],
])('of %j it is said what has to change', (input, fault) => {
  expect(faults(input)).toEqual([fault])
})

it.each([
  [{ name: 'abc', limt: 1 }, 'limt: is not a known field. Did you mean limit?'],
  [{ name: 'abc', roles: ['raeder'] }, 'roles.0: must be one of reader, writer. Did you mean reader?'],
])('of %j it is guessed what was meant', (input, fault) => {
  expect(faults(input)).toEqual([fault])
})

it('names each unknown field by its place', () => {
  expect(faults({ name: 'abc', a: 1, settings: { on: true, b: 2 }, c: 3 })).toEqual([
    'settings.b: is not a known field',
    'a: is not a known field',
    'c: is not a known field',
  ])
})

it('gives the value with its defaults and conversions when all is well', () => {
  expect(checkInput(schema, { name: 'abc', limit: '20' })).toEqual({
    ok: true,
    value: { name: 'abc', limit: 20 },
  })
})
