import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { CodexError } from '../kernel/errors.ts'
import { localState } from './local-state.ts'
import { createQueue } from './queue.ts'
import { asReadOnly } from './read-only.ts'
import type { Workspace } from './workspace.ts'

/** `SQLITE_BUSY` */
const busy = 5
/**
 * Milliseconds after which a waiter queues. Before that whoever is quickest goes first: handing the lock to a process that
 * has to be woken for it costs more than it is worth, and makes what that process read before it out of date.
 */
const patience = 2000

/**
 * Runs `work` while no other process writes to the workspace. The lock is SQLite's on an empty database file: the kernel
 * lets go of it when its holder dies, so there is no stale lock to break. Waiters get it in the order in which they came,
 * and give up only when nothing moves for `waitMilliseconds`.
 */
export async function withLock<T>(
  workspace: Workspace,
  work: () => Promise<T>,
  waitMilliseconds = 20_000,
): Promise<T> {
  const local = localState(workspace)
  const path = join(local, 'lock')
  const handle = asReadOnly(path, () => openLock(path))
  const queue = createQueue(join(local, 'queue'))
  try {
    const start = performance.now()
    let deadline = start + waitMilliseconds
    let ahead = queue.ahead()
    while (ahead > 0 || !tryLock(handle, path)) {
      const now = performance.now()
      if (now > deadline) throw busyFor(waitMilliseconds)
      if (now - start > patience) asReadOnly(local, queue.stay)
      // The first looks often; uneven pauses, so that the others don't knock in step.
      await sleep(Math.min(2 + 8 * ahead, 40) * (0.5 + Math.random()))
      const before = ahead
      ahead = queue.ahead()
      if (ahead < before) deadline = performance.now() + waitMilliseconds
    }
    queue.leave()
    return await work()
  } finally {
    queue.leave()
    handle.close()
  }
}

function busyFor(milliseconds: number): CodexError {
  const seconds = Math.round(milliseconds / 1000)
  return new CodexError(
    'busy',
    'operational',
    `Another process has been writing here for ${seconds} s. Try again.`,
  )
}

function openLock(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: 0 })
  } catch (error) {
    throw Object.assign(error as Error, { code: 'EACCES' })
  }
}

function tryLock(handle: DatabaseSync, path: string): boolean {
  try {
    handle.exec('BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    const errcode = (error as { errcode?: number }).errcode
    if (errcode === busy) return false
    const message = `The lock ${path} can't be used (${(error as Error).message}). Remove the file and try again.`
    throw new CodexError('lock_unusable', 'operational', message)
  }
}
