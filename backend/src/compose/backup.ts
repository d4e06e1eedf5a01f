import { existsSync } from 'node:fs'
import { copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { takeDataDirectory } from '../adapters/data-directory/lock.ts'
import { checkDatabase, copyDatabase, syncTo } from '../adapters/sql/copy.ts'
import { ToolboxError } from '../kernel/errors.ts'
import { databasePath } from './config.ts'

/**
 * Copies the built-in database into one file, also while the server runs. Secrets in it stay sealed; the master key is
 * not part of it. Throws `not_found`, `conflict`.
 */
export async function backupTo(options: {
  dataDirectory: string
  target: string
}): Promise<{ bytes: number; target: string }> {
  const target = resolve(options.target)
  return { target, ...(await copyDatabase(databasePath(options.dataDirectory), target)) }
}

/**
 * Puts a backup in place of the built-in database; what was there is kept beside it. Throws `conflict` while a server
 * uses the directory, or when there is a database and `force` is not given; `validation_failed` for what is no backup.
 */
export async function restoreFrom(options: {
  dataDirectory: string
  source: string
  force?: boolean
}): Promise<{ replaced: string | null }> {
  const source = resolve(options.source)
  const present = databasePath(options.dataDirectory)
  checkDatabase(source)
  await mkdir(options.dataDirectory, { recursive: true, mode: 0o700 })
  const directory = takeDataDirectory(options.dataDirectory)
  try {
    if (existsSync(present) && !options.force) {
      throw new ToolboxError(
        'conflict',
        `${options.dataDirectory} holds a database already. Give --force to set it aside and restore over it.`,
      )
    }
    const arriving = `${present}.restoring`
    await copyFile(source, arriving)
    const replaced = existsSync(present) ? await setAside(present) : null
    await syncTo(arriving, present)
    return { replaced }
  } finally {
    directory.release()
  }
}

/** With the log that belongs to it, so that nothing of it is lost. */
async function setAside(present: string): Promise<string> {
  const aside = `${present}.replaced-${new Date().toISOString().replaceAll(':', '')}`
  for (const suffix of ['-wal', '']) {
    if (existsSync(`${present}${suffix}`)) await rename(`${present}${suffix}`, `${aside}${suffix}`)
  }
  await rm(`${present}-shm`, { force: true })
  return aside
}
