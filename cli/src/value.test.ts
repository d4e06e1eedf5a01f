import { expect, it } from 'vitest'
import { renderTable } from './table.ts'
import { renderValue } from './value.ts'
import type { View } from './view.ts'

const plain: View = { columns: null, now: 0, style: (_, text) => text, time: (instant) => `<${instant}>` }

it('shows fields under each other, with their values aligned', () => {
  expect(renderValue({ id: 'a', requestedBy: null, tags: ['x', 'y'], done: true }, plain)).toBe(
    ['id           a', 'requestedBy  –', 'tags         x, y', 'done         true'].join('\n'),
  )
})

it('shows what is nested indented, and rows of the same shape as a table', () => {
  const value = {
    job: { id: 'a' },
    items: [
      { slug: 'regex', n: 1 },
      { slug: 'x', n: 20 },
    ],
  }
  expect(renderValue(value, plain)).toBe(
    ['job', '  id  a', 'items', '  slug   n', '  regex  1', '  x      20'].join('\n'),
  )
})

it('shows rows that hold more than a line as a list', () => {
  expect(renderValue([{ a: { b: 1 } }, { a: { b: 2 } }], plain)).toBe(
    ['- a', '    b  1', '- a', '    b  2'].join('\n'),
  )
})

it('shows times as times, empty things as such, and no digits that are noise', () => {
  const value = { at: '2026-01-31T08:00:00.000Z', none: [], empty: {}, ms: 1.6515100000000302 }
  expect(renderValue(value, plain)).toBe(
    ['at     <2026-01-31T08:00:00.000Z>', 'none   none', 'empty  nothing', 'ms     1.65151'].join('\n'),
  )
})

it('keeps control characters of values and names from the terminal', () => {
  expect(renderValue({ 'a\x1b': 'b\x07' }, plain)).toBe('a\\u{1b}  b\\u{7}')
})

it('cuts the last column, and no other, to the width of the terminal', () => {
  const rows = [{ id: '01890a5d-ac96-774b-bcce-b302099a8057', note: 'a long note that does not fit' }]
  const columns = [
    { title: 'ID', cell: (row: (typeof rows)[number]) => row.id },
    { title: 'NOTE', cell: (row: (typeof rows)[number]) => row.note },
  ]
  const [, line] = renderTable(rows, columns, { ...plain, columns: 52 }).split('\n')
  expect(line).toBe('01890a5d-ac96-774b-bcce-b302099a8057  a long note t…')
})
