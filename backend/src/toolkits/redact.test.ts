import { describe, expect, test } from 'vitest'
import { holdsSecretWithin, redact } from './redact.ts'

const secret = { type: 'string', writeOnly: true }
const hidden = '[redacted]'

describe('redact', () => {
  test('hides what is marked, wherever it lies, and shows the rest', () => {
    const schema = {
      type: 'object',
      properties: {
        user: { type: 'string' },
        password: { type: 'string', format: 'password' },
        nested: { properties: { token: secret } },
        list: { items: { properties: { key: secret } } },
        pair: { prefixItems: [{}, secret] },
        whole: { type: 'object', writeOnly: true },
      },
      patternProperties: { '^x-': secret },
      additionalProperties: { properties: { pin: secret } },
    }
    const value = {
      user: 'ada',
      password: 's1',
      nested: { token: 's2', other: 1 },
      list: [{ key: 's3', name: 'n' }],
      pair: ['shown', 's4'],
      whole: { a: 's5' },
      'x-key': 's6',
      free: { pin: 's7' },
    }
    expect(redact(schema, value)).toEqual({
      user: 'ada',
      password: hidden,
      nested: { token: hidden, other: 1 },
      list: [{ key: hidden, name: 'n' }],
      pair: ['shown', hidden],
      whole: hidden,
      'x-key': hidden,
      free: { pin: hidden },
    })
  })

  test.each(['allOf', 'anyOf', 'oneOf'])('looks into every branch of %s', (keyword) => {
    const schema = { [keyword]: [{ properties: { a: { type: 'string' } } }, { properties: { a: secret } }] }
    expect(redact(schema, { a: 's' })).toEqual({ a: hidden })
  })

  test('looks into conditions', () => {
    const schema = JSON.parse(`{
      "if": { "properties": { "kind": { "const": "a" } } },
      "then": { "properties": { "key": { "writeOnly": true } } }
    }`)
    expect(redact(schema, { kind: 'a', key: 's' })).toEqual({ kind: 'a', key: hidden })
  })

  test('follows references, also those that turn in circles', () => {
    const schema = {
      $defs: {
        node: { properties: { key: { $ref: '#/$defs/key' }, next: { $ref: '#/$defs/node' } } },
        key: { $anchor: 'key', ...secret },
        loop: { $ref: '#/$defs/loop' },
      },
      properties: {
        node: { $ref: '#/$defs/node' },
        byAnchor: { $ref: '#key' },
        loop: { $ref: '#/$defs/loop' },
      },
    }
    const value = { node: { key: 's', next: { next: { key: 's' } } }, byAnchor: 's', loop: 1 }
    expect(redact(schema, value)).toEqual({
      node: { key: hidden, next: { next: { key: hidden } } },
      byAnchor: hidden,
      loop: 1,
    })
  })

  test('shows a reference to a secret, and hides a value written in its place', () => {
    const schema = { properties: { a: { format: 'secret' }, b: { format: 'secret' } } }
    expect(redact(schema, { a: 'secret:x/y#z', b: 'hunter2' })).toEqual({ a: 'secret:x/y#z', b: hidden })
  })

  test('hides fields that the schema forbids: they may be misspelt', () => {
    const schema = { properties: { password: secret, n: true }, additionalProperties: false }
    expect(redact(schema, { pasword: 's', n: 1 })).toEqual({ pasword: hidden, n: 1 })
  })

  test('keeps values of any other shape', () => {
    expect(redact({ properties: { a: secret } }, 'text')).toBe('text')
    expect(redact({}, null)).toBeNull()
  })
})

test('a schema knows whether anything in it holds a secret', () => {
  expect(holdsSecretWithin({ items: { anyOf: [{ properties: { a: secret } }] } })).toBe(true)
  expect(holdsSecretWithin({ properties: { a: { format: 'secret' } } })).toBe(false)
})
