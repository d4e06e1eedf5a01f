import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { CodexError } from '../kernel/errors.ts'
import { localState } from './local-state.ts'
import { asReadOnly } from './read-only.ts'
import type { Workspace } from './workspace.ts'

/** `SQLITE_BUSY` */
const busy = 5

/**
 * Runs `work` while no other process writes to the workspace. The lock is SQLite's on an empty database file: the kernel
 * lets go of it when its holder dies, so there is no stale lock to break.
 */
export async function withLock<T>(
  workspace: Workspace,
  work: () => Promise<T>,
  waitMilliseconds = 20_000,
): Promise<T> {
  const path = join(localState(workspace), 'lock')
  const handle = asReadOnly(path, () => openLock(path))
  try {
    const deadline = performance.now() + waitMilliseconds
    for (let pause = 2; !tryLock(handle, path); pause = Math.min(pause * 2, 40)) {
      if (performance.now() > deadline) {
        const seconds = Math.round(waitMilliseconds / 1000)
        throw new CodexError(
          'busy',
          'operational',
          `Another process has been writing here for ${seconds} s. Try again.`,
        )
      }
      // Uneven pauses, so that many waiters don't knock in step.
      await sleep(pause * (0.5 + Math.random()))
    }
    return await work()
  } finally {
    handle.close()
  }
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
