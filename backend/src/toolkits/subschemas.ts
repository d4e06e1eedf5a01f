import type { JsonSchema } from '@sre-toolbox/sdk/manifest'

const single = [
  'items',
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'contains',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
  'contentSchema',
]
const listed = ['prefixItems', 'allOf', 'anyOf', 'oneOf']
const named = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']

/** The schema and every schema written inside it. */
export function subschemas(schema: JsonSchema): JsonSchema[] {
  const children = [
    ...single.map((keyword) => schema[keyword]),
    ...listed.flatMap((keyword) => Object.values((schema[keyword] as object | undefined) ?? {})),
    ...named.flatMap((keyword) => Object.values((schema[keyword] as object | undefined) ?? {})),
  ]
  return [schema, ...children.filter(isSchema).flatMap(subschemas)]
}

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
