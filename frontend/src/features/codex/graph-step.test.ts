import { expect, it } from 'vitest'
import { graphStep } from './graph-step.ts'

const places = new Map([
  ['a', { column: 0, row: 0 }],
  ['b', { column: 0, row: 2 }],
  ['c', { column: 1, row: 1 }],
  ['d', { column: 1, row: 2 }],
  ['e', { column: 2, row: 0 }],
])
const edges = [
  { task: 'c', needs: 'a' },
  { task: 'd', needs: 'b' },
  { task: 'c', needs: 'b' },
  { task: 'e', needs: 'a' },
]

it('goes along the lines to the nearest, and up and down a column', () => {
  const step = (from: string, key: string) => graphStep(places, edges, from, key)
  expect([step('b', 'ArrowRight'), step('a', 'ArrowRight')]).toEqual(['d', 'e'])
  expect([step('c', 'ArrowLeft'), step('d', 'ArrowLeft')]).toEqual(['a', 'b'])
  expect([step('a', 'ArrowDown'), step('b', 'ArrowUp')]).toEqual(['b', 'a'])
  expect([step('a', 'ArrowUp'), step('e', 'ArrowRight'), step('a', 'x'), step('gone', 'ArrowUp')]).toEqual(
    Array(4).fill(undefined),
  )
})
