import { expect, test } from 'vitest'
import { createJsonText } from './json-text.ts'

const jsonText = createJsonText()

test.each([
  [null],
  [undefined],
  ['text'],
  [{ items: 'no list' }],
  [{ items: [] }],
  [{ items: [1, 'two', null, { deep: [true] }], nextCursor: null, total: 4 }],
  [{ items: [Object.freeze({ id: 1 })], nextCursor: 'x' }],
])('says what JSON.stringify says: %j', (value) => {
  expect(JSON.parse(jsonText(value))).toEqual(JSON.parse(JSON.stringify(value ?? null)))
})

test('leaves out what JSON has no word for, in items and beside them', () => {
  expect(jsonText({ items: [{ a: undefined, b: 1 }], nextCursor: undefined })).toBe('{"items":[{"b":1}]}')
})

test('writes what is frozen once, and everything else each time', () => {
  let written = 0
  const counted = { toJSON: () => ({ written: ++written }) }
  const page = { items: [Object.freeze({ ...counted })] }
  expect([jsonText(page), jsonText(page)]).toEqual(Array(2).fill('{"items":[{"written":1}]}'))
  expect(jsonText({ items: [counted] })).toBe('{"items":[{"written":2}]}')
})
