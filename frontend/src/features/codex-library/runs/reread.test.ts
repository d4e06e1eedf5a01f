import { expect, it } from 'vitest'
import { createReread } from './reread.ts'

it('reads one at a time, and once more for all that was asked meanwhile', async () => {
  const readings: PromiseWithResolvers<void>[] = []
  const reread = createReread(() => {
    const reading = Promise.withResolvers<void>()
    readings.push(reading)
    return reading.promise
  })
  const all = reread()
  await Promise.all([reread(), reread(), reread()])
  expect(readings).toHaveLength(1)
  readings[0]?.resolve()
  await expect.poll(() => readings.length).toBe(2)
  readings[1]?.resolve()
  await all
  expect(readings).toHaveLength(2)
})
