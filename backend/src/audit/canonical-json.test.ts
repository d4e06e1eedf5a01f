import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

describe('canonical JSON', () => {
  it('is the same text for the same value, whatever the order it was built in', () => {
    expect(canonicalJson({ b: 1, a: [{ d: null, c: 'ü' }] })).toBe('{"a":[{"c":"ü","d":null}],"b":1}')
    expect(canonicalJson({ 10: 1, 9: 2 })).toBe('{"10":1,"9":2}')
  })

  it('leaves out what JSON has no word for', () => {
    expect(canonicalJson({ a: undefined, b: Number.NaN })).toBe('{"b":null}')
    expect(canonicalJson([undefined])).toBe('[null]')
    expect(canonicalJson(undefined)).toBe('null')
  })

  it('reads back as the value', () => {
    const value = { text: 'quote " back \\ nul \u0000 half \ud800', list: [1.5, -0, 1e21, true, null, {}] }
    expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
  })
})
