import { createTestContext } from '@sre-toolbox/sdk/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import toolkit from '../server/index.ts'

const { match, replace } = toolkit.operations
const { run } = createTestContext()

function runMatch(pattern: string, flags: string, text: string, limit = 100) {
  if (!match) throw new Error('match is not defined')
  return run(match, { pattern, flags, text, limit }) as Promise<{ matches: object[]; truncated: boolean }>
}

function runReplace(pattern: string, flags: string, text: string, replacement: string) {
  if (!replace) throw new Error('replace is not defined')
  return run(replace, { pattern, flags, text, replacement }) as Promise<{
    text: string
    replacements: number
  }>
}

describe('match', () => {
  test('tells the place and the groups of a match, named or not, present or not', async () => {
    expect(await runMatch('(?<user>\\w+)@(\\w+)(:\\d+)?', '', 'to ana@host now')).toEqual({
      matches: [
        {
          start: 3,
          end: 11,
          text: 'ana@host',
          groups: [
            { number: 1, name: 'user', text: 'ana', start: 3, end: 6 },
            { number: 2, name: null, text: 'host', start: 7, end: 11 },
            { number: 3, name: null, text: null, start: null, end: null },
          ],
        },
      ],
      truncated: false,
    })
  })

  test('finds only the first match without the flag g, all with it', async () => {
    expect((await runMatch('a', '', 'aaa')).matches).toHaveLength(1)
    expect((await runMatch('a', 'g', 'aaa')).matches).toHaveLength(3)
    expect((await runMatch('b', 'g', 'aaa')).matches).toEqual([])
  })

  test('says when there are more matches than asked for, and not when there are just as many', async () => {
    expect(await runMatch('a', 'g', 'aaa', 2)).toMatchObject({ truncated: true, matches: [{}, {}] })
    expect(await runMatch('a', 'g', 'aaa', 3)).toMatchObject({ truncated: false })
  })

  test('goes on behind an empty match', async () => {
    expect((await runMatch('x*', 'g', 'axb')).matches).toMatchObject([
      { start: 0, end: 0 },
      { start: 1, end: 2 },
      { start: 2, end: 2 },
      { start: 3, end: 3 },
    ])
  })

  test("refuses a pattern that is none, in the engine's words", async () => {
    await expect(runMatch('(a', '', '')).rejects.toMatchObject({
      code: 'invalid_pattern',
      message: 'Invalid regular expression: /(a/: Unterminated group',
    })
    await expect(runMatch('a', 'uv', '')).rejects.toMatchObject({ code: 'invalid_pattern' })
  })
})

describe('replace', () => {
  test('counts what it replaced', async () => {
    expect(await runReplace('a', 'g', 'banana', 'o')).toEqual({ text: 'bonono', replacements: 3 })
    expect(await runReplace('a', '', 'banana', 'o')).toEqual({ text: 'bonana', replacements: 1 })
    expect(await runReplace('z', 'g', 'banana', 'o')).toEqual({ text: 'banana', replacements: 0 })
  })

  test('replaces exactly as JavaScript does, whatever the replacement refers to', async () => {
    const pattern = fc.constantFrom('(a)(b)?', '(?<x>a)|(?<y>b)', 'b*', 'a(?=b)', '(((((((((((a)))))))))))')
    const piece = fc.constantFrom(
      '$',
      '$1',
      '$2',
      '$11',
      '$12',
      '$99',
      '$0',
      '$&',
      '$`',
      "$'",
      '$<x>',
      '$<z>',
      '<',
      'é',
    )
    const replacement = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''))
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(
        pattern,
        fc.constantFrom('', 'g', 'gu'),
        text,
        replacement,
        async (source, flags, given, by) => {
          const expected = given.replace(new RegExp(source, flags), by)
          expect((await runReplace(source, flags, given, by)).text).toBe(expected)
        },
      ),
      { numRuns: 500, seed: 1 },
    )
  })

  test('gives up on a result that outgrows its limit', async () => {
    const text = 'a'.repeat(200_000)
    await expect(runReplace('a', 'g', text, '$`')).rejects.toMatchObject({ code: 'result_too_long' })
  })
})
