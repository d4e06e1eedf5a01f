import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { ToolboxError } from '../../kernel/errors.ts'

/**
 * Writes a consistent copy of a database file, also while a server uses it. The copy appears whole under its name or
 * not at all. Throws `not_found`, or `conflict` when the target exists.
 */
export async function copyDatabase(source: string, target: string): Promise<{ bytes: number }> {
  if (!existsSync(source)) {
    throw new ToolboxError(
      'not_found',
      `There is no database at ${source}. Name the data directory (--data-dir).`,
    )
  }
  if (!existsSync(dirname(target))) {
    throw new ToolboxError(
      'not_found',
      `There is no folder ${dirname(target)}. Make it first, or choose another.`,
    )
  }
  if (existsSync(target)) {
    throw new ToolboxError(
      'conflict',
      `${target} exists already. Choose another name; a backup never replaces one.`,
    )
  }
  const unfinished = `${target}.unfinished`
  const db = new Sqlite(source, { readonly: true })
  try {
    await db.backup(unfinished)
    const copy = new Sqlite(unfinished)
    // One file, without a log beside it.
    copy.pragma('journal_mode = delete')
    const pages =
      Number(copy.pragma('page_count', { simple: true })) * Number(copy.pragma('page_size', { simple: true }))
    copy.close()
    await syncTo(unfinished, target)
    return { bytes: pages }
  } finally {
    db.close()
    await rm(unfinished, { force: true })
  }
}

/** Throws `validation_failed` when the file is not a sound database of this product. */
export function checkDatabase(path: string): { migrations: string[] } {
  const refuse = (reason: string) =>
    new ToolboxError('validation_failed', `${path} is no backup that can be restored: ${reason}.`)
  if (!existsSync(path)) throw refuse('there is no such file')
  let db: Sqlite.Database
  try {
    db = new Sqlite(path, { readonly: true })
  } catch (error) {
    throw refuse((error as Error).message)
  }
  try {
    const verdict = db.pragma('integrity_check', { simple: true })
    if (verdict !== 'ok') throw refuse(`it is damaged (${String(verdict)})`)
    return { migrations: db.prepare('select name from migrations order by name').pluck().all() as string[] }
  } catch (error) {
    throw error instanceof ToolboxError ? error : refuse((error as Error).message)
  } finally {
    db.close()
  }
}

/** Puts a file under its final name so that a power cut leaves either the old or the new one. */
export async function syncTo(from: string, to: string): Promise<void> {
  for (const [path, then] of [
    [from, () => rename(from, to)],
    [dirname(to), async () => {}],
  ] as const) {
    const handle = await open(path, 'r')
    await handle.sync()
    await handle.close()
    await then()
  }
}
