import { describe, expect, test } from 'vitest'
import { createSchemas } from './schemas.ts'

const schemas = createSchemas()

function check(schema: object, value: unknown) {
  const checked = schemas.check(schema as Record<string, unknown>, value)
  return checked.ok ? checked.value : checked.errors.map(({ path, message }) => `${path}: ${message}`)
}

function closed(properties: object, required: string[] = []) {
  return { type: 'object', properties, required, additionalProperties: false }
}

describe('a value', () => {
  test('gets defaults, and the one that was given stays as it is', () => {
    const given = { nested: {} }
    const schema = closed({ n: { default: 5 }, nested: closed({ list: { type: 'array', default: [] } }) })
    expect(check(schema, given)).toEqual({ n: 5, nested: { list: [] } })
    expect(given).toEqual({ nested: {} })
  })

  test('is not coerced', () => {
    expect(check(closed({ n: { type: 'number' } }), { n: '5' })).toEqual(['n: must be number'])
  })

  test('is told all that is wrong with it, each with its place', () => {
    const schema = closed(
      {
        url: { type: 'string', format: 'uri' },
        mode: { enum: ['a', 'b'] },
        list: { type: 'array', items: { type: 'integer' } },
        fixed: { const: 1 },
      },
      ['name'],
    )
    expect(check(schema, { url: 'x', mode: 'c', list: [1, 'y'], fixed: 2, 'un/known': 1 })).toEqual([
      'name: is required',
      'un/known: is not a known field',
      'url: must be a valid uri',
      'mode: must be one of a, b',
      'list.1: must be integer',
      'fixed: must be 1',
    ])
  })

  test('with a great many faults gets no longer an answer than needed', () => {
    const errors = check({ type: 'array', items: { type: 'string' } }, Array(1000).fill(1))
    expect(errors).toHaveLength(20)
  })

  test.each(['Authorization', 'cookie', 'X-Api-Key', 'x-auth-token'])(
    'of the format public-header is not %s',
    (name) => {
      const schema = { type: 'object', propertyNames: { format: 'public-header' } }
      expect(check(schema, { 'X-Region': 'north' })).toBeTypeOf('object')
      expect(check(schema, { [name]: 'x' })).toEqual([
        expect.stringMatching(new RegExp(`^${name}: .*credentials belong in the settings$`)),
      ])
    },
  )

  test('of the format secret names one and does not hold one, and is not repeated', () => {
    const schema = closed({ password: { type: 'string', format: 'secret' } })
    expect(check(schema, { password: 'secret:zabbix/main#password' })).toBeTypeOf('object')
    const errors = check(schema, { password: 'hunter2' })
    expect(errors).toEqual([expect.stringContaining('must name a secret, such as secret:')])
    expect(JSON.stringify(errors)).not.toContain('hunter2')
  })
})

describe('a schema', () => {
  test.each([
    [{ type: 'strin' }, 'schema is invalid'],
    [{ $ref: 'https://elsewhere.test/schema.json' }, "can't resolve reference"],
    [{ $ref: '#/$defs/missing' }, "can't resolve reference"],
    [{ tpye: 'string' }, 'unknown keyword: "tpye"'],
    [{ type: 'string', format: 'colour' }, 'unknown format "colour"'],
    [{ type: 'string', pattern: '(' }, 'Invalid regular expression'],
    [{ properties: { a: { pattern: '^(a+)+$' } } }, 'can take exponential time'],
    [{ patternProperties: { '^(a+)+$': {} } }, 'can take exponential time'],
  ])('%j is refused', (schema, fault) => {
    expect(schemas.faults(schema).join()).toContain(fault)
  })

  test('may refer to its own definitions, by its id too', () => {
    const $defs = { name: { $anchor: 'name', type: 'string' } }
    const schema = { $id: 'https://a.test/schema', $defs, $ref: '#/$defs/name' }
    expect(schemas.faults(schema)).toEqual([])
    expect(check(schema, 1)).toEqual([': must be string'])
  })

  test('is not seen by another one', () => {
    expect(schemas.faults({ $id: 'https://shared.test/one', type: 'string' })).toEqual([])
    expect(schemas.faults({ $ref: 'https://shared.test/one' })).not.toEqual([])
    expect(schemas.faults({ $id: 'https://shared.test/one', type: 'number' })).toEqual([])
  })
})
