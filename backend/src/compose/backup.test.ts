import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../../test/support/temporary.ts'
import { takeDataDirectory } from '../adapters/data-directory/lock.ts'
import { openSqlite } from '../adapters/sql/sqlite.ts'
import { backupTo, restoreFrom } from './backup.ts'
import { databasePath } from './config.ts'

const addWorker = async (db: Awaited<ReturnType<typeof openSqlite>>, id: string) => {
  await db.query
    .insertInto('workers')
    .values({ id, description: '', started_at: 0, heartbeat_at: 0, lease_ms: 0 })
    .execute()
}
const workersIn = async (dataDirectory: string) => {
  const db = await openSqlite(databasePath(dataDirectory))
  const rows = await db.query.selectFrom('workers').select('id').execute()
  await db.close()
  return rows.map(({ id }) => id)
}

describe('backup and restore of the built-in database', () => {
  it('copies while the database is in use, and puts the copy back in place with the present one set aside', async () => {
    await using directory = await temporaryDirectory()
    const target = join(directory.path, 'copy.db')
    const db = await openSqlite(databasePath(directory.path))
    await addWorker(db, 'before')
    expect((await backupTo({ dataDirectory: directory.path, target })).bytes).toBeGreaterThan(0)
    await addWorker(db, 'after')
    await db.close()

    await expect(restoreFrom({ dataDirectory: directory.path, source: target })).rejects.toMatchObject({
      code: 'conflict',
    })
    const { replaced } = await restoreFrom({ dataDirectory: directory.path, source: target, force: true })
    expect(await workersIn(directory.path)).toEqual(['before'])
    expect(readdirSync(directory.path)).toContain(replaced?.split('/').at(-1))
  })

  it('restores into an empty place', async () => {
    await using from = await temporaryDirectory()
    await using to = await temporaryDirectory()
    const db = await openSqlite(databasePath(from.path))
    await addWorker(db, 'kept')
    const target = join(from.path, 'copy.db')
    await backupTo({ dataDirectory: from.path, target })
    await db.close()
    expect(await restoreFrom({ dataDirectory: join(to.path, 'new'), source: target })).toEqual({
      replaced: null,
    })
    expect(await workersIn(join(to.path, 'new'))).toEqual(['kept'])
  })

  it('refuses what would lose something', async () => {
    await using directory = await temporaryDirectory()
    const target = join(directory.path, 'copy.db')
    await expect(backupTo({ dataDirectory: directory.path, target })).rejects.toMatchObject({
      code: 'not_found',
    })
    const db = await openSqlite(databasePath(directory.path))
    await backupTo({ dataDirectory: directory.path, target })
    await db.close()
    await expect(backupTo({ dataDirectory: directory.path, target })).rejects.toMatchObject({
      code: 'conflict',
    })

    const holder = takeDataDirectory(directory.path)
    await expect(restoreFrom({ dataDirectory: directory.path, source: target, force: true })).rejects.toThrow(
      /in use by process/,
    )
    holder.release()

    const broken = join(directory.path, 'broken.db')
    writeFileSync(broken, 'not a database, but long enough to look like a file that somebody mistook for one')
    await expect(
      restoreFrom({ dataDirectory: directory.path, source: broken, force: true }),
    ).rejects.toMatchObject({
      code: 'validation_failed',
    })
  })
})
