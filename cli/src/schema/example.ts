import { type JsonSchema, resolved } from './fields.ts'

/** A command that gives an operation what it can't do without. */
export function exampleCall(id: string, mode: 'call' | 'job', input: JsonSchema): string {
  const required = input.required ?? []
  const given = Object.entries(input.properties ?? {})
    .map(([name, schema]) => [name, resolved(schema, input)] as const)
    .filter(([name, schema]) => required.includes(name) && schema.default === undefined)
    .map(([name, schema]) => ` --set ${inShell(`${name}=${textOf(sample(name, schema, input))}`)}`)
  return mode === 'job'
    ? `toolbox run ${id}${given.join('')} --follow`
    : `toolbox call ${id}${given.join('')}`
}

/** A value that fits; where only the reader knows one, its name in angle brackets. */
function sample(name: string, stated: JsonSchema, root: JsonSchema): unknown {
  const schema = resolved(stated, root)
  const [choice] = schema.examples ?? schema.enum ?? []
  if (choice !== undefined) return choice
  if ('const' in schema) return schema.const
  const [first] = schema.anyOf ?? schema.oneOf ?? []
  if (first) return sample(name, first, root)
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0]
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1
  if (type === 'boolean') return true
  if (type === 'array') return schema.items ? [sample(name, schema.items, root)] : []
  if (type === 'object') {
    const required = Object.entries(schema.properties ?? {}).filter(([key]) => schema.required?.includes(key))
    if (typeof schema.additionalProperties === 'object' && required.length === 0) {
      return { '<key>': sample('value', schema.additionalProperties, root) }
    }
    return Object.fromEntries(required.map(([key, each]) => [key, sample(key, each, root)]))
  }
  if (schema.format === 'uri') return 'https://example.org'
  if (schema.format === 'date-time') return '2026-01-31T08:00:00Z'
  return `<${name}>`
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function inShell(text: string): string {
  return /^[\w=.,:/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
