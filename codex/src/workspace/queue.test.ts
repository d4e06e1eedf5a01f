import { existsSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { scratch } from '../../test/scratch.ts'
import { withLock } from './lock.ts'
import { createQueue } from './queue.ts'
import { workspaceAt } from './workspace.ts'

const first = '000000000000001-1-first'

/** Lets a waiter look as if it had given its last sign so many seconds ago. */
function silent(path: string, seconds: number): void {
  const at = new Date(Date.now() - seconds * 1000)
  utimesSync(path, at, at)
}

describe('the queue before the lock', () => {
  test('counts who came before, and whoever waits where one does not wait oneself', () => {
    using place = scratch({ [`queue/${first}`]: '' })
    const directory = join(place.root, 'queue')
    const queue = createQueue(directory)
    expect(queue.ahead()).toBe(1)
    queue.stay()
    place.write('queue/999999999999999-1-last', '')
    expect(queue.ahead()).toBe(1)
    expect(createQueue(directory).ahead()).toBe(3)
    queue.leave()
    expect(readdirSync(directory)).toEqual([first, '999999999999999-1-last'])
  })

  test('passes over who gives no sign, and forgets who gave none for long', () => {
    using place = scratch({ [`queue/${first}`]: '', 'queue/000000000000002-1-second': '' })
    const directory = join(place.root, 'queue')
    silent(join(directory, first), 5)
    silent(join(directory, '000000000000002-1-second'), 120)
    expect(createQueue(directory).ahead()).toBe(0)
    expect(readdirSync(directory)).toEqual([first])
  })

  test('takes its place again when that was taken from it', () => {
    using place = scratch()
    const directory = join(place.root, 'queue')
    const queue = createQueue(directory)
    queue.stay()
    const [own = ''] = readdirSync(directory)
    queue.leave()
    queue.stay()
    expect(existsSync(join(directory, own))).toBe(true)
  })

  test('lets nobody at the lock before the one who waits, though the lock is free', async () => {
    using place = scratch({ [`ai/state/.local/queue/${first}`]: '' })
    const ticket = join(place.root, 'ai/state/.local/queue', first)
    let isIn = false
    // A date to come is a sign that no pause of this machine makes old.
    silent(ticket, -3600)
    const entered = withLock(workspaceAt(place.root), async () => {
      isIn = true
    })
    await sleep(100)
    expect(isIn).toBe(false)
    silent(ticket, 5)
    await entered
    expect(isIn).toBe(true)
  })
})
