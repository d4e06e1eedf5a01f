import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'

/** Makes UUIDv7 text: sorts by time, and within one process by order of making. */
export type Ids = () => string

const poolSize = 4096

/** 48 bits of milliseconds, a 12-bit counter that keeps the order within a millisecond, 62 random bits. */
export function createIds(clock: Clock, random: (size: number) => Buffer = randomBytes): Ids {
  let pool = random(poolSize)
  let offset = 0
  let lastMillisecond = 0
  let counter = 0

  return () => {
    const now = clock.now()
    if (now > lastMillisecond) {
      lastMillisecond = now
      counter = 0
    } else if (++counter > 0xfff) {
      lastMillisecond++
      counter = 0
    }
    if (offset + 8 > poolSize) {
      pool = random(poolSize)
      offset = 0
    }
    const tail = pool.toString('hex', offset, offset + 8)
    offset += 8
    const time = lastMillisecond.toString(16).padStart(12, '0')
    const sequence = counter.toString(16).padStart(3, '0')
    const variant = ((Number.parseInt(tail[0] as string, 16) & 0x3) | 0x8).toString(16)
    return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${variant}${tail.slice(1, 4)}-${tail.slice(4)}`
  }
}
