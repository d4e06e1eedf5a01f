import type { JsonSchema } from '@sre-toolbox/sdk/manifest'
import { redacted } from '../kernel/operation.ts'
import { secretReference } from './schemas.ts'
import { isSchema, subschemas } from './subschemas.ts'

const deepest = 32

/**
 * The value without secrets, as the schema marks them. Fields that the schema forbids are hidden as well: one may be
 * a secret under a misspelt name.
 */
export function redact(schema: JsonSchema, value: unknown): unknown {
  return hide([schema], value, schema, 0)
}

/** True for what holds a secret itself; a `secret:` reference only names one. */
function holdsSecret(schema: JsonSchema): boolean {
  return schema.writeOnly === true || schema.format === 'password'
}

export function holdsSecretWithin(schema: JsonSchema): boolean {
  return subschemas(schema).some(holdsSecret)
}

function hide(schemas: readonly JsonSchema[], value: unknown, root: JsonSchema, depth: number): unknown {
  if (depth > deepest) return redacted
  const all = schemas.flatMap((schema) => alternatives(schema, root, 0))
  if (all.some(holdsSecret)) return redacted
  if (all.some(({ format }) => format === 'secret')) return isReference(value) ? value : redacted
  if (Array.isArray(value)) {
    return value.map((item, index) => hide(ofItem(all, index), item, root, depth + 1))
  }
  if (typeof value !== 'object' || value === null) return value
  const closed = all.some((schema) => isClosed(schema))
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      const known = ofField(all, name)
      return [name, closed && known.length === 0 ? redacted : hide(known, field, root, depth + 1)]
    }),
  )
}

function isReference(value: unknown): boolean {
  return typeof value === 'string' && secretReference.test(value)
}

/** Every schema that may describe the same value. */
function alternatives(schema: JsonSchema, root: JsonSchema, depth: number): JsonSchema[] {
  if (depth > deepest) return [schema]
  const target = typeof schema.$ref === 'string' ? resolve(schema.$ref, root) : undefined
  const others = [
    target,
    ...['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => (schema[keyword] as unknown[] | undefined) ?? []),
    ...['if', 'then', 'else'].map((keyword) => schema[keyword]),
    ...Object.values((schema.dependentSchemas as object | undefined) ?? {}),
  ]
  return [schema, ...others.filter(isSchema).flatMap((other) => alternatives(other, root, depth + 1))]
}

function resolve(reference: string, root: JsonSchema): JsonSchema | undefined {
  if (!reference.startsWith('#')) return undefined
  const parts = decodeURIComponent(reference.slice(1)).split('/').slice(1)
  let found: unknown = root
  for (const part of parts) {
    found = (found as Record<string, unknown> | undefined)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  if (isSchema(found) && parts.length > 0) return found
  const anchor = reference.slice(1)
  return anchor === '' ? root : subschemas(root).find(({ $anchor }) => $anchor === anchor)
}

function ofItem(schemas: readonly JsonSchema[], index: number): JsonSchema[] {
  return schemas
    .flatMap(({ prefixItems, items, contains }) => [
      (prefixItems as unknown[] | undefined)?.[index],
      items,
      contains,
    ])
    .filter(isSchema)
}

function ofField(schemas: readonly JsonSchema[], name: string): JsonSchema[] {
  return schemas
    .flatMap(({ properties, patternProperties, additionalProperties, unevaluatedProperties }) => {
      const fields = properties as Record<string, unknown> | undefined
      if (fields && Object.hasOwn(fields, name)) return [fields[name] === true ? {} : fields[name]]
      const matching = Object.entries((patternProperties as object | undefined) ?? {})
        .filter(([pattern]) => new RegExp(pattern, 'u').test(name))
        .map(([, schema]) => schema)
      return matching.length > 0 ? matching : [additionalProperties, unevaluatedProperties]
    })
    .filter(isSchema)
}

function isClosed({ additionalProperties, unevaluatedProperties }: JsonSchema): boolean {
  return additionalProperties === false || unevaluatedProperties === false
}
