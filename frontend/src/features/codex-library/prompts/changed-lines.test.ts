import { expect, it } from 'vitest'
import { changedLines } from './changed-lines.ts'

it.each([
  ['a\nb\nc', 'a\nB\nc', { firstLine: 2, mine: ['b'], theirs: ['B'] }],
  ['a\nb', 'a\nnew\nb', { firstLine: 2, mine: [], theirs: ['new'] }],
  ['a\na', 'a', { firstLine: 2, mine: ['a'], theirs: [] }],
  ['same', 'same', { firstLine: 2, mine: [], theirs: [] }],
])('%j against %j differs in its middle', (mine, theirs, sides) => {
  expect(changedLines(mine, theirs)).toEqual(sides)
})
