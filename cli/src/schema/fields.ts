/** As much of a JSON Schema as is shown; the rest is for the server to check. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly title?: string
  readonly description?: string
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly writeOnly?: boolean
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: boolean | JsonSchema
  readonly required?: readonly string[]
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, JsonSchema>>
}

export interface Field {
  /** With dots where it lies within another. */
  readonly name: string
  readonly type: string
  /** `required`, its default, or nothing. */
  readonly needed: string
  readonly about: readonly string[]
}

/** Every field of an input, those of its objects among them. */
export function fieldsOf(schema: JsonSchema, root = schema, within = ''): Field[] {
  const { properties = {}, required = [] } = schema
  return Object.entries(properties).flatMap(([key, stated]) => {
    const field = resolved(stated, root)
    const name = `${within}${key}`
    const isDefault = field.default !== undefined
    const own: Field = {
      name,
      type: typeOf(field, root),
      needed: isDefault
        ? `default ${JSON.stringify(field.default)}`
        : required.includes(key)
          ? 'required'
          : '',
      about: [field.title, field.description].filter(
        (each) => each !== undefined && each.toLowerCase() !== key.toLowerCase(),
      ) as string[],
    }
    return [own, ...(field.properties ? fieldsOf(field, root, `${name}.`) : [])]
  })
}

/** What a `$ref` points to; only those into the schema itself are followed. */
export function resolved(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const name = schema.$ref?.startsWith('#/$defs/') ? schema.$ref.slice('#/$defs/'.length) : undefined
  const found = name === undefined ? undefined : root.$defs?.[name]
  return found ? { ...found, ...schema } : schema
}

const words: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  object: 'object',
  array: 'list',
  null: 'null',
}
const formats: Readonly<Record<string, string>> = {
  uri: 'URL',
  'date-time': 'time such as 2026-01-31T08:00:00Z',
  uuid: 'UUID',
}

/** The type of a value in words, with its limits. */
function typeOf(stated: JsonSchema, root: JsonSchema): string {
  const schema = resolved(stated, root)
  if ('const' in schema) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((each) => String(each)).join(' | ')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return [...new Set(choices.map((each) => typeOf(each, root)))].join(', or ')
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? [])
  if (types.includes('array')) return schema.items ? `list of ${typeOf(schema.items, root)}` : 'list'
  const word =
    formats[schema.format ?? ''] ?? (types.map((each) => words[each] ?? each).join(' or ') || 'anything')
  const valueType =
    typeof schema.additionalProperties === 'object' && !schema.properties
      ? typeOf(schema.additionalProperties, root)
      : 'anything'
  const of = valueType === 'anything' ? '' : ` of ${valueType}`
  return `${word}${of}${limits(schema)}${schema.writeOnly ? ', kept secret' : ''}`
}

function limits({ minimum, maximum, minLength, maxLength, format }: JsonSchema): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  if (minimum !== undefined) return ` from ${minimum} on`
  if (maximum !== undefined) return ` up to ${maximum}`
  if (format !== undefined) return ''
  const least = minLength !== undefined && minLength > 1 ? `at least ${minLength}` : ''
  const most = maxLength === undefined ? '' : `at most ${maxLength}`
  const both = [least, most].filter((each) => each !== '').join(', ')
  return both === '' ? '' : ` (${both} characters)`
}
