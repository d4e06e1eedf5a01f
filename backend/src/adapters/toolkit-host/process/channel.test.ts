import { Duplex, PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createChannel } from './channel.ts'

/** Two channels joined by pipes whose writes can be counted and cut. */
function createPair(limits: { maxFrameBytes?: number; maxMessageLength?: number; chunk?: number } = {}) {
  const { maxFrameBytes = 1e6, maxMessageLength = 1e6, chunk = 1e9 } = limits
  const received: unknown[] = []
  const closed: (Error | null)[] = []
  let writes = 0
  const inbox = new PassThrough()
  const sender = createChannel(
    new Duplex({
      read() {},
      write(data: Buffer, _encoding, done) {
        writes++
        for (let at = 0; at < data.length; at += chunk) inbox.write(data.subarray(at, at + chunk))
        done()
      },
    }),
    { maxFrameBytes, maxMessageLength, onMessage() {}, onClose() {} },
  )
  createChannel(inbox, {
    maxFrameBytes,
    maxMessageLength,
    onMessage: (message) => received.push(message),
    onClose: (error) => closed.push(error),
  })
  return {
    sender,
    inbox,
    received,
    closed,
    writes: () => writes,
    settled: () => new Promise((resolve) => setTimeout(resolve, 20)),
  }
}

test('all messages of one turn are one write, in order', async () => {
  const pair = createPair()
  for (let n = 0; n < 100; n++) pair.sender.send({ n })
  await pair.settled()
  expect(pair.writes()).toBe(1)
  expect(pair.received).toEqual(Array.from({ length: 100 }, (_, n) => ({ n })))
})

test('a message is sent as it was when it was given', async () => {
  const pair = createPair()
  const message = { text: 'before' }
  pair.sender.send(message)
  message.text = 'after'
  await pair.settled()
  expect(pair.received).toEqual([{ text: 'before' }])
})

test.each([1, 3, 7, 64])('frames cut into chunks of %i bytes arrive whole', async (chunk) => {
  const pair = createPair({ chunk })
  pair.sender.send({ text: 'Ænglisc 🜁' })
  await pair.settled()
  pair.sender.send({ n: 2 })
  await pair.settled()
  expect(pair.received).toEqual([{ text: 'Ænglisc 🜁' }, { n: 2 }])
})

test('a message that is too long is refused where it is sent', () => {
  const pair = createPair({ maxMessageLength: 100 })
  expect(() => pair.sender.send({ text: 'x'.repeat(100) })).toThrow('more than the 100 allowed')
})

test.each([
  ['a frame that is too large', Buffer.from([255, 0, 0, 0]), /larger than the 1000000 allowed/],
  ['a frame that is no JSON', Buffer.from([0, 0, 0, 2, 65, 65]), /JSON/],
  ['a frame that is no list', Buffer.from([0, 0, 0, 2, 123, 125]), /not a list/],
])('%s closes the channel with the reason', async (_what, bytes, says) => {
  const pair = createPair()
  pair.inbox.write(bytes)
  await pair.settled()
  expect(pair.closed).toEqual([expect.objectContaining({ message: expect.stringMatching(says) })])
})
