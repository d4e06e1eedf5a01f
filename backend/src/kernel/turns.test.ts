import { expect, it } from 'vitest'
import { createTurns } from './turns.ts'

it('runs work with the same key one after the other, also after one that failed, and other keys beside it', async () => {
  const inTurn = createTurns()
  const order: string[] = []
  const first = Promise.withResolvers<void>()
  const failing = inTurn('a', async () => {
    order.push('a begins')
    await first.promise
    order.push('a fails')
    throw new Error('no')
  })
  const second = inTurn('a', async () => order.push('second a'))
  await inTurn('b', async () => order.push('b'))
  first.resolve()
  await expect(failing).rejects.toThrow('no')
  await second
  expect(order).toEqual(['a begins', 'b', 'a fails', 'second a'])
})
