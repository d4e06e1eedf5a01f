import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A waiter that gave no sign for so long is passed over: it died, or its machine is too busy to let it go first. */
const silentMilliseconds = 1000
const forgottenMilliseconds = 60_000

/**
 * Who waits for the lock, in the order in which they came: a file each, which its owner touches while it waits. It makes
 * waiting fair, and nothing more: what it says may be wrong for a moment, since the lock alone keeps writers apart.
 */
export function createQueue(directory: string) {
  const own = `${String(Date.now()).padStart(15, '0')}-${process.pid}-${randomUUID().slice(0, 8)}`
  let isQueued = false

  return {
    /** How many living waiters came before. */
    ahead(): number {
      const now = Date.now()
      return ticketsIn(directory).filter((name) => {
        if (isQueued && name >= own) return false
        const path = join(directory, name)
        const silent = now - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0)
        if (silent > forgottenMilliseconds) rmSync(path, { force: true })
        return silent <= silentMilliseconds
      }).length
    },
    /** Takes a place in the queue, and says that its owner is alive. */
    stay(): void {
      const path = join(directory, own)
      const now = new Date()
      if (isQueued && existsSync(path)) utimesSync(path, now, now)
      else {
        // The first time, or after somebody took it for forgotten or cleaned up.
        mkdirSync(directory, { recursive: true })
        writeFileSync(path, '')
        isQueued = true
      }
    },
    leave(): void {
      if (isQueued) rmSync(join(directory, own), { force: true })
    },
  }
}

function ticketsIn(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    // Nobody ever had to wait here.
    return []
  }
}
