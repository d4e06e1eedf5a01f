import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainValue } from './node.ts'
import { readFull } from './read-full.ts'
import { readPlain } from './read-plain.ts'

const scalars = fc.constantFrom(
  'word',
  'two words',
  'it is: not plain',
  'a #hash',
  'a # comment',
  '2025-01-31',
  '12',
  '1.50',
  '0x1F',
  'true',
  'Yes',
  'null',
  '~',
  '-',
  '- dash',
  '-x',
  '?q',
  '"double \\"quoted\\" \\u00e9"',
  "'it''s'",
  '"a: b # c"',
  '[]',
  '[a, b c, "d, e"]',
  '[ { task: a/b }, text ]',
  '{ task: a/b, n: 1 }',
  '{}',
  '{a: 1}',
  '|',
  '>-',
  '|-',
  '>',
  '|+',
  '',
  'ends:',
  '&anchor x',
  '*alias',
  '!tag x',
  '@at',
  '%percent',
  'émigré ☃ 😀',
  'a\tb',
)
const tails = fc.constantFrom('', '', '', '', ' ', '  # note', ' #note', '\t')
const keys = fc.constantFrom('id', 'title', 'notes', 'tasks', 'x-y', 'a.b', '"quoted"', 'true', '12')
const indents = fc.constantFrom(0, 0, 2, 2, 4, 4, 6, 8, 3)
const lines = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(indents, keys, scalars, tails)
      .map(([n, key, value, tail]) => `${pad(n)}${key}: ${value}${tail}`),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(indents, keys, scalars, tails)
      .map(([n, key, value, tail]) => `${pad(n)}- ${key}: ${value}${tail}`),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(indents, scalars, tails).map(([n, value, tail]) => `${pad(n)}- ${value}${tail}`),
  },
  { weight: 2, arbitrary: fc.tuple(indents, keys).map(([n, key]) => `${pad(n)}${key}:`) },
  { weight: 2, arbitrary: fc.tuple(indents, scalars).map(([n, value]) => `${pad(n)}${value}`) },
  { weight: 1, arbitrary: indents.map((n) => `${pad(n)}# a comment`) },
  { weight: 1, arbitrary: fc.constantFrom('', '', '   ', '---', '...', '-') },
)
const wildTexts = fc.array(lines, { minLength: 1, maxLength: 12 }).map((all) => `${all.join('\n')}\n`)

/** Documents in the shape of a backlog, so that most of them are read by the plain reader. */
const word = fc.constantFrom('engine', 'queue health', "the user's view", 'retry 3 times', 'naïve')
const notes = fc.oneof(
  word.map((each) => ` ${each}`),
  fc
    .array(word, { minLength: 1, maxLength: 3 })
    .map((all) => ` >-\n${all.map((each) => `          ${each}\n`).join('\n')}`.trimEnd()),
  fc
    .array(word, { minLength: 1, maxLength: 3 })
    .map((all) => ` |\n${all.map((each) => `          ${each}`).join('\n')}`),
  fc.array(word, { minLength: 2, maxLength: 3 }).map((all) => ` ${all.join('\n          ')}`),
  fc.constantFrom(' "quoted: yes"', " 'single'", '', ' # only a comment'),
)
const task = fc
  .tuple(
    word,
    notes,
    fc.constantFrom('', '        # why\n', '\n'),
    fc.constantFrom('[]', '[a, b]', '\n          - a\n          - { task: x/y }'),
  )
  .map(
    ([title, note, gap, blockers]) =>
      `      - id: some-task # c\n        title: ${title}\n${gap}        notes:${note}\n        blockers: ${blockers}\n`,
  )
const backlogTexts = fc
  .array(task, { maxLength: 4 })
  .map((tasks) => `---\n# head\nversion: 1\nareas:\n  - id: jobs\n    tasks:\n${tasks.join('')}\n# tail\n`)
const mutated = fc
  .tuple(
    backlogTexts,
    fc.nat(),
    fc.constantFrom('', ' ', '\n', ':', '#', '-', '"', "'", '[', '}', '|', '\t', '\r', 'x'),
  )
  .map(([text, where, what]) => {
    const at = where % text.length
    return text.slice(0, at) + what + text.slice(at + (where % 3))
  })

function pad(width: number): string {
  return ' '.repeat(width)
}

function expectAgreement(text: string): boolean {
  const plain = readPlain(text)
  if (plain === undefined) return false
  const full = readFull(text, 'TODO.yaml')
  expect(full.findings).toEqual([])
  expect(plain).toEqual(full.node)
  return true
}

describe('the plain reader', () => {
  test('reads backlogs in the usual style, and exactly as the full parser does', () => {
    let read = 0
    fc.assert(
      fc.property(backlogTexts, (text) => {
        if (expectAgreement(text)) read += 1
      }),
      { numRuns: 200, seed: 1 },
    )
    expect(read).toBe(200)
  })

  test('agrees with the full parser or leaves the text to it, however the text is damaged', () => {
    fc.assert(
      fc.property(mutated, (text) => void expectAgreement(text)),
      { numRuns: 1500, seed: 2 },
    )
  })

  test('agrees with the full parser or leaves the text to it, whatever the lines', () => {
    let read = 0
    fc.assert(
      fc.property(wildTexts, (text) => {
        if (expectAgreement(text)) read += 1
      }),
      { numRuns: 3000, seed: 3 },
    )
    expect(read).toBeGreaterThan(100)
  })

  test.each([
    ['a tab as indentation', 'a:\n\tb: 1\n'],
    ['an anchor', 'a: &x 1\n'],
    ['an alias', 'a: *x\n'],
    ['a merge key', 'a:\n  <<: b\n'],
    ['a second document', 'a: 1\n---\nb: 2\n'],
    ['a carriage return', 'a: 1\r\n'],
    ['a byte-order mark', '\ufeffa: 1\n'],
    ['a duplicate key', 'a: 1\na: 2\n'],
    ['a conflict marker', 'a: 1\n<<<<<<< ours\n'],
    ['nothing', ''],
  ])('leaves %s to the full parser', (_what, text) => {
    expect(readPlain(text)).toBeUndefined()
  })

  test('gives every value its place', () => {
    const text = 'areas:\n  - id: jobs\n    notes: "why" # c\n'
    const root = readPlain(text)
    const area =
      root?.kind === 'map' && root.pairs[0]?.value.kind === 'seq' ? root.pairs[0].value.items[0] : undefined
    const pairs = area?.kind === 'map' ? area.pairs : []
    expect(pairs.map((pair) => text.slice(pair.value.start, pair.value.end))).toEqual(['jobs', '"why"'])
    expect(root && plainValue(root)).toEqual({ areas: [{ id: 'jobs', notes: 'why' }] })
  })
})
