import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { locateJsonFault } from './json-fault.ts'

describe('the place where a text stops being JSON', () => {
  test.each([
    ['', 1, 1, 'a value'],
    ['{', 1, 2, 'a name in double quotes or }'],
    ['{"a" 1}', 1, 6, ':'],
    ['{"a":1,}', 1, 8, 'a name in double quotes'],
    ['[1,\n  2,\n]', 3, 1, 'a value'],
    ['[1 2]', 1, 4, ', or ]'],
    ['{"a":1}}', 1, 8, 'nothing more'],
    ["{'a':1}", 1, 2, 'a name in double quotes or }'],
    ['{"a":01}', 1, 6, 'a value'],
    ['["a', 1, 4, 'the closing double quote'],
    ['["\\x"]', 1, 3, 'a valid escape'],
    ['["a\nb"]', 1, 4, 'an escape such as \\n instead of a control character'],
    ['{"a":undefined}', 1, 6, 'a value'],
  ])('%j: line %i, column %i should have %s', (text, line, column, expected) => {
    expect(locateJsonFault(text)).toEqual({ line, column, expected })
  })

  test('is found exactly where JSON.parse refuses', () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ' ', ',', '"', '{', ']', 'x', '0', '\\', '\n'))
      .map(([text, at, insert]) => {
        const place = at % (text.length + 1)
        return text.slice(0, place) + insert + text.slice(place + 1)
      })
    fc.assert(
      fc.property(fc.oneof(fc.json(), damaged), (text) => {
        expect(locateJsonFault(text) === null).toBe(isJson(text))
      }),
      { numRuns: 3000, seed: 7 },
    )
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
