import { expect, test } from 'vitest'
import { createResponseReader } from './response-reader.ts'

const RESPONSES =
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello' +
  'HTTP/1.1 204 No Content\r\nx: y\r\ncontent-length: 0\r\n\r\n' +
  'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 2\r\n\r\nno'

function statusesOf(chunks: string[]): number[] {
  const statuses: number[] = []
  const read = createResponseReader((status) => statuses.push(status))
  for (const chunk of chunks) read(Buffer.from(chunk))
  return statuses
}

test('several responses in one chunk are told apart', () => {
  expect(statusesOf([RESPONSES])).toEqual([200, 204, 503])
})

test('responses are found wherever the chunks are cut', () => {
  for (let size = 1; size < RESPONSES.length; size++) {
    const chunks = RESPONSES.match(new RegExp(`.{1,${size}}`, 'gs')) ?? []
    expect(statusesOf(chunks)).toEqual([200, 204, 503])
  }
})

test('a response counts only when its last byte is there', () => {
  expect(statusesOf(['HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhell'])).toEqual([])
})

test('a response without content-length is refused instead of misread', () => {
  expect(() => statusesOf(['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'])).toThrow(
    'content-length',
  )
})
