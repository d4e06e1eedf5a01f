import { expect, it } from 'vitest'
import { parseHead, writeHead } from './kept-head.ts'

const hash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

it('reads what it wrote, with the spaces that copying adds', () => {
  expect(parseHead(writeHead({ seq: 12, hash }))).toEqual({ seq: 12, hash })
  expect(parseHead(` 12 : ${hash.toUpperCase()}\n`)).toEqual({ seq: 12, hash })
})

it('reads the last line of an export', () => {
  const line = JSON.stringify({ input: { text: 'x' }, seq: 7, hash })
  expect(parseHead(line)).toEqual({ seq: 7, hash })
})

it.each(['', '12', hash, `0:${hash}`, `12:${hash.slice(1)}`, `12:${hash}0`, 'a:b'])('refuses %j', (text) => {
  expect(parseHead(text)).toBeNull()
})
