import { z } from 'zod'
import { empty, instant } from './common.ts'
import { declare } from './operation.ts'

export const secretNameShape = '^(?!.*(\\.\\.|//))[A-Za-z0-9][A-Za-z0-9._/-]{0,198}$'
export const secretFieldShape = '^[A-Za-z0-9_.-]{1,100}$'
export const secretName = z
  .string()
  .regex(new RegExp(secretNameShape), 'a path such as auth/okta, without empty or .. segments')
/** `secret:<name>#<field>`: how settings and inputs name a value without holding it. */
export const secretReference = z.string().regex(/^secret:[A-Za-z0-9][A-Za-z0-9._/-]*#[A-Za-z0-9_.-]+$/)

export const secretMetadata = z.object({
  name: z.string(),
  version: z.number().int(),
  fields: z.array(z.string()),
  updatedAt: instant,
})
export type SecretMetadata = z.infer<typeof secretMetadata>

export const listSecrets = declare({
  id: 'secrets.list',
  title: 'List secrets',
  description: 'Names, field names and versions; never values.',
  method: 'GET',
  path: '/secrets',
  access: 'superuser',
  effect: 'read',
  input: empty,
  output: z.object({ items: z.array(secretMetadata), nextCursor: z.null() }),
})

export const putSecret = declare({
  id: 'secrets.put',
  title: 'Store a secret',
  method: 'PUT',
  path: '/secrets/*name',
  access: 'superuser',
  effect: 'write',
  input: z.strictObject({
    name: secretName,
    values: z
      .record(z.string().regex(new RegExp(secretFieldShape)), z.string().max(65_536))
      .refine((values) => Object.keys(values).length > 0, 'give at least one field')
      .meta({ writeOnly: true }),
  }),
  output: z.object({ secret: secretMetadata }),
})

export const removeSecret = declare({
  id: 'secrets.remove',
  title: 'Remove a secret',
  method: 'DELETE',
  path: '/secrets/*name',
  access: 'superuser',
  effect: 'destructive',
  input: z.strictObject({ name: secretName }),
  output: empty,
})

export const secretOperations = [listSecrets, putSecret, removeSecret] as const
