import type { RJSFSchema } from '@rjsf/utils'
import { describe, expect, it } from 'vitest'
import { createValidator } from './validator.ts'

const validator = createValidator()
function faultsOf(schema: RJSFSchema, data: unknown) {
  const { errors } = validator.validateFormData(data, schema)
  return errors.map(({ property, message }) => `${property} ${message}`)
}

const probe: RJSFSchema = {
  type: 'object',
  properties: {
    url: { type: 'string', format: 'uri' },
    count: { type: 'integer', minimum: 1, maximum: 10 },
    tags: { type: 'array', items: { type: 'string', minLength: 1 } },
    mode: { enum: ['fast', 'slow'] },
    zone: { type: 'string', pattern: '^[A-Z]$' },
    host: { type: 'string', pattern: '^[a-z]+$', description: 'small letters' },
  },
  required: ['url'],
}

describe('the validator of forms', () => {
  it('finds nothing wrong with what fits, empty fields left aside', () => {
    expect(faultsOf(probe, { url: 'https://example.org', count: undefined })).toEqual([])
  })

  it.each([
    [{}, '.url Is needed.'],
    [{ url: 'nowhere' }, '.url Must be a full address, such as https://example.org.'],
    [{ url: 'https://a.example', count: 0 }, '.count Must be at least 1.'],
    [{ url: 'https://a.example', count: 11 }, '.count Must be at most 10.'],
    [{ url: 'https://a.example', count: 'many' }, '.count Must be a whole number.'],
    [{ url: 'https://a.example', mode: 'odd' }, '.mode Must be one of fast, slow.'],
    [{ url: 'https://a.example', zone: 'ab' }, '.zone Does not have the form that is asked for: ^[A-Z]$'],
    [{ url: 'https://a.example', host: 'A' }, '.host Is not what is asked for above.'],
    [{ url: 'https://a.example', tags: ['a', ''] }, '.tags.1 Must not be empty.'],
  ])('says of %j what would be right', (data, fault) => expect(faultsOf(probe, data)).toEqual([fault]))

  it('tells once that no alternative fits', () => {
    const schema: RJSFSchema = { anyOf: [{ type: 'string' }, { type: 'null' }] }
    expect(faultsOf(schema, 5)).toEqual([expect.stringContaining('Fits none')])
  })

  it('resolves references to the definitions of the whole schema', () => {
    const root: RJSFSchema = { $defs: { short: { type: 'string', maxLength: 2 } } }
    expect(validator.isValid({ $ref: '#/$defs/short' }, 'ab', root)).toBe(true)
    expect(validator.isValid({ $ref: '#/$defs/short' }, 'abc', root)).toBe(false)
  })

  it('makes no code from text', () => {
    const { Function: usual } = globalThis
    globalThis.Function = (() => {
      throw new Error('code was made')
    }) as unknown as FunctionConstructor
    try {
      expect(
        faultsOf({ type: 'object', properties: { deep: { type: 'string' } } }, { deep: 1 }),
      ).toHaveLength(1)
    } finally {
      globalThis.Function = usual
    }
  })
})
