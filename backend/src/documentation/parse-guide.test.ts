import { expect, it } from 'vitest'
import type { Guide } from './guide.ts'
import { openingsOf, sourceText } from './guide.ts'
import { guidesFrom } from './test/guides-from.ts'

const parse = (text: string) => guidesFrom({ sample: text })[0] as Guide

it('takes title, summary, order and pages from the front matter', () => {
  const guide = parse(
    '---\ntitle: Jobs\nsummary: All of them.\norder: 3\npages: [/jobs]\nwords: [run, 403]\n---\n\nText.',
  )
  expect(guide.summary).toMatchObject({ title: 'Jobs', summary: 'All of them.', pages: ['/jobs'] })
  expect(guide).toMatchObject({ order: 3, words: ['run', '403'] })
})

it('takes title and summary from the text where there is no front matter', () => {
  const guide = parse('# Regex\n\nTries `patterns`\nout.\n\n## Limits\n\nSome.')
  expect(guide.summary).toMatchObject({ title: 'Regex', summary: 'Tries patterns out.', pages: [] })
})

it.each([
  ['that is no YAML', '---\ntitle: [\n---\nText.'],
  ['that is never closed', '---\ntitle: Jobs\nText.'],
  ['with a field of another kind', '---\ntitle: 12\norder: first\n---\nText.'],
  ['with anchors that multiply', '---\ntitle: &a [x]\nwords: [*a, *a]\n---\nText.'],
])('shows a guide with a front matter %s by its name', (_, text) => {
  expect(parse(text).summary.title).toBe('sample')
})

it('counts lines from the head of the file, behind the front matter too', () => {
  const guide = parse('---\ntitle: Jobs\n---\n\n## Cancel\n\nPress it,\nand wait.\n\n## Retry\n')
  expect(guide.headings).toEqual([
    { level: 2, text: 'Cancel', anchor: 'cancel', line: 5 },
    { level: 2, text: 'Retry', anchor: 'retry', line: 10 },
  ])
  const [cancel] = guide.sections
  expect(cancel).toMatchObject({ heading: 'Cancel', startLine: 5, endLine: 8 })
  expect(cancel?.passages[0]).toMatchObject({ plain: 'Press it, and wait.', startLine: 7, endLine: 8 })
})

it('numbers the anchors of headings of the same words, as the page does', () => {
  const guide = parse('# T\n\n## In a *shell*\n\na\n\n## In a shell\n\nb')
  expect(guide.headings.map(({ anchor }) => anchor)).toEqual(['in-a-shell', 'in-a-shell-1'])
})

it('splits lists, tables and code into passages that are quoted as they stand', () => {
  const guide = parse('- one **two**\n  - three\n\n| a | b |\n| - | - |\n| `c` | d |\n\n```sh\nrun it\n```\n')
  const passages = guide.sections.flatMap((section) => section.passages)
  expect(passages.map(({ plain }) => plain)).toEqual(['one two', 'three', 'a b', 'c d', 'run it'])
  expect(passages.map((passage) => sourceText(guide, passage))).toEqual([
    '- one **two**',
    '- three',
    '| a | b |',
    '| `c` | d |',
    '```sh\nrun it\n```',
  ])
})

it('knows the headings above a section', () => {
  const guide = parse('## A\n\na\n\n### B\n\nb\n\n#### C\n\nc\n\n## D\n\n### E\n\ne')
  expect(guide.sections.map(({ heading, trail }) => [...trail, heading].join(' > '))).toEqual([
    'A',
    'A > B',
    'A > B > C',
    'D',
    'D > E',
  ])
})

it('opens each section with its first words, or with its table where it has no words', () => {
  const guide = parse(
    '# T\n\nIt *tries*.\n\nMore.\n\n## A\n\n| a |\n| - |\n\nRead it so.\n\n## B\n\n| b |\n| - |\n\n## C\n',
  )
  expect(openingsOf(guide)).toMatchObject([
    { text: 'It *tries*.', heading: 'T', address: '/documentation/sample', startLine: 3 },
    { text: 'Read it so.', heading: 'A', address: '/documentation/sample#a', startLine: 12 },
    { text: '| b |', heading: 'B', address: '/documentation/sample#b', startLine: 16 },
  ])
})
