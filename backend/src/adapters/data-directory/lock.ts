import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { ToolboxError } from '../../kernel/errors.ts'

export interface DataDirectory {
  readonly path: string
  release(): void
}

/**
 * Takes the data directory for this process alone. The lock is one of the operating system's, held on an open file:
 * it ends with the process, however that ends. Throws `conflict` with the holder's pid, `unavailable` when the
 * directory can't be written.
 */
export function takeDataDirectory(path: string): DataDirectory {
  const pidFile = join(path, 'toolbox.pid')
  let lock: Sqlite.Database
  try {
    makeDirectory(path)
    lock = new Sqlite(join(path, 'toolbox.lock'), { timeout: 0 })
  } catch (error) {
    throw notWritable(path, error)
  }
  try {
    lock.exec('begin exclusive')
    writeFileSync(pidFile, `${process.pid}\n`)
  } catch (error) {
    lock.close()
    if (!String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) throw notWritable(path, error)
    const pid = readHolder(pidFile)
    throw new ToolboxError(
      'conflict',
      `The data directory ${path} is in use by process ${pid ?? 'unknown'}. Stop that process, or use another directory (--data-dir).`,
      { pid },
    )
  }
  return { path, release: () => lock.close() }
}

/** One level at a time: Node's own `recursive` never ends where a level can't be made, as below /proc. */
function makeDirectory(path: string): void {
  if (existsSync(path)) return
  makeDirectory(dirname(path))
  mkdirSync(path, { mode: 0o700 })
}

function readHolder(pidFile: string): number | null {
  try {
    return Number.parseInt(readFileSync(pidFile, 'utf8'), 10) || null
  } catch {
    return null
  }
}

function notWritable(path: string, cause: unknown): ToolboxError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new ToolboxError(
    'unavailable',
    `The data directory ${path} can't be written (${reason}). Make it writable, or use another (--data-dir).`,
    {},
    cause,
  )
}
