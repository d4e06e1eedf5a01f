import { join } from 'node:path'
import { describe } from 'vitest'
import type { Database } from '../../backend/src/adapters/sql/database.ts'
import { openPostgres } from '../../backend/src/adapters/sql/postgres.ts'
import { openSqlite } from '../../backend/src/adapters/sql/sqlite.ts'
import { temporaryDatabase, testDatabaseUrl } from './services.ts'
import { temporaryDirectory } from './temporary.ts'

export type OpenDatabase = AsyncDisposable & {
  readonly db: Database
  /** The same data as another process has it; SQLite has one process, so there it is `db` itself. */
  readonly other: Database
}

/** A suite for SQLite and for PostgreSQL, where there is one. Every `open` gives a new database, migrated. */
export function eachDatabase(suite: (name: string, open: () => Promise<OpenDatabase>) => void): void {
  suite('SQLite', openTemporarySqlite)
  describe.skipIf(!testDatabaseUrl())('with PostgreSQL', () => suite('PostgreSQL', openTemporaryPostgres))
}

export async function openTemporarySqlite(): Promise<OpenDatabase> {
  const directory = await temporaryDirectory()
  const db = await openSqlite(join(directory.path, 'toolbox.db'))
  return {
    db,
    other: db,
    async [Symbol.asyncDispose]() {
      await db.close()
      await directory[Symbol.asyncDispose]()
    },
  }
}

async function openTemporaryPostgres(): Promise<OpenDatabase> {
  const database = await temporaryDatabase()
  const db = await openPostgres(database.url)
  const other = await openPostgres(database.url)
  return {
    db,
    other,
    async [Symbol.asyncDispose]() {
      await Promise.all([db.close(), other.close()])
      await database[Symbol.asyncDispose]()
    },
  }
}
