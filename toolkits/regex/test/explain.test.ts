import { createTestContext } from '@sre-toolbox/sdk/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Explanation } from '../server/explain.ts'
import toolkit from '../server/index.ts'
import { tokenize } from '../server/tokenize.ts'

const { run } = createTestContext()

function explain(pattern: string, flags = ''): Promise<Explanation> {
  const operation = toolkit.operations.explain
  if (!operation) throw new Error('explain is not defined')
  return run(operation, { pattern, flags }) as Promise<Explanation>
}

async function meanings(pattern: string, flags = '') {
  return (await explain(pattern, flags)).tokens.map(({ text, meaning }) => [text, meaning])
}

describe('explain', () => {
  test('takes a pattern apart, token by token', async () => {
    expect((await explain('^(?<key>\\w+)=ab*?$')).tokens).toEqual([
      { start: 0, end: 1, text: '^', kind: 'anchor', depth: 0, meaning: 'start of the text' },
      { start: 1, end: 8, text: '(?<key>', kind: 'group', depth: 0, meaning: 'group 1, named “key”' },
      {
        start: 8,
        end: 10,
        text: '\\w',
        kind: 'class',
        depth: 1,
        meaning: 'a letter a to z in either case, a digit or _',
      },
      {
        start: 10,
        end: 11,
        text: '+',
        kind: 'quantifier',
        depth: 1,
        meaning: '1 or more times, as many as possible',
      },
      { start: 11, end: 12, text: ')', kind: 'groupEnd', depth: 0, meaning: 'end of the group' },
      { start: 12, end: 14, text: '=a', kind: 'literal', depth: 0, meaning: 'the text “=a”' },
      { start: 14, end: 15, text: 'b', kind: 'literal', depth: 0, meaning: 'the text “b”' },
      {
        start: 15,
        end: 17,
        text: '*?',
        kind: 'quantifier',
        depth: 0,
        meaning: '0 or more times, as few as possible',
      },
      { start: 17, end: 18, text: '$', kind: 'anchor', depth: 0, meaning: 'end of the text' },
    ])
  })

  test('lists groups by number with their extent', async () => {
    expect((await explain('(?:a)(b(?<last>c))')).groups).toEqual([
      { number: 1, name: null, start: 5, end: 18, text: '(b(?<last>c))' },
      { number: 2, name: 'last', start: 7, end: 17, text: '(?<last>c)' },
    ])
  })

  test.each([
    ['[a-z\\d-]', '', 'one of: a to z, a digit, 0 to 9, -'],
    ['[^\\]\\s]', '', 'any character but: the character ] itself, white space, line ends included'],
    ['[]', '', 'nothing at all'],
    ['[^]', '', 'any character'],
    ['[\\b]', '', 'one of: a backspace'],
    ['[[a-z]--[aeiou]]', 'v', 'one of: [a-z]--[aeiou]'],
    ['\\x41', '', 'the character U+0041'],
    ['\\u{1F600}', 'u', 'the character U+1F600'],
    ['\\p{Lu}', 'u', 'a character with the Unicode property Lu'],
    ['\\cJ', '', 'the control character Ctrl-J'],
    ['\\101', '', 'the character with octal code 101'],
    ['{', '', 'the text “{”'],
    ['.', '', 'any character but a line end'],
    ['.', 's', 'any character'],
    ['(?<!a)', '', 'only where this does not come before, without taking it'],
    ['(?i-s:a)', '', 'a group that is not kept, with i and without s'],
  ])('knows %s with flags “%s”', async (pattern, flags, meaning) => {
    expect((await meanings(pattern, flags))[0]?.[1]).toBe(meaning)
  })

  test('tells references from octal codes by the number of groups', async () => {
    expect(await meanings('(a)\\1')).toContainEqual(['\\1', 'the same text as group 1 matched'])
    expect(await meanings('(a)\\2')).toContainEqual(['\\2', 'the character with octal code 2'])
    expect(await meanings('\\k<x>(?<x>a)')).toContainEqual(['\\k<x>', 'the same text as group “x” matched'])
    expect(await meanings('[(]\\1')).toContainEqual(['\\1', 'the character with octal code 1'])
  })

  test.each(['^(a+)+$', '((\\d+|x)\\s?)*', '(?:a{2,}){10,}'])('warns of %s', async (pattern) => {
    expect((await explain(pattern)).warnings).toHaveLength(1)
  })

  test.each(['^a+$', '(ab)+', '(a+)?', '(?:a{3}){4}', '(a{2})+', '[(a+)]+'])(
    'does not warn of %s',
    async (pattern) => {
      expect((await explain(pattern)).warnings).toEqual([])
    },
  )

  test('names the flags given', async () => {
    expect((await explain('a', 'gi')).flags.map(({ flag }) => flag)).toEqual(['g', 'i'])
  })

  test('refuses a pattern that is none', async () => {
    await expect(explain('a**')).rejects.toMatchObject({ code: 'invalid_pattern' })
  })
})

test('the tokens of any pattern that the engine takes are that pattern', () => {
  const pieces =
    '( ) (?: (?= (?<n> [ ] [^ ^ - \\ | * + ? {2} {1,} { } , \\k<n> \\1 \\u \\u{61} \\p{L} \\c \\x4 0 a é 😀 . $ \\]'
  const pattern = fc.array(fc.constantFrom(...pieces.split(' ')), { maxLength: 8 }).map((all) => all.join(''))
  let taken = 0
  fc.assert(
    fc.property(pattern, fc.constantFrom('', 'u', 'v'), (source, flags) => {
      fc.pre(isPattern(source, flags))
      taken++
      const tokens = tokenize(source, flags)
      expect(tokens.map(({ text }) => text).join('')).toBe(source)
      expect(tokens.map(({ start, end }) => source.slice(start, end))).toEqual(tokens.map(({ text }) => text))
      expect(Math.min(0, ...tokens.map(({ depth }) => depth))).toBe(0)
      const captures = tokens.filter(({ capture }) => capture).length
      expect(captures).toBe((new RegExp(`${source}|`, flags).exec('')?.length ?? 0) - 1)
    }),
    { numRuns: 3000, seed: 1 },
  )
  expect(taken).toBe(3000)
})

function isPattern(source: string, flags: string): boolean {
  try {
    new RegExp(source, flags)
    return true
  } catch {
    return false
  }
}
