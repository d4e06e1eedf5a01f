import { join } from 'node:path'
import { describe } from 'vitest'
import { temporaryDatabase, testDatabaseUrl } from '../../../test/support/services.ts'
import { temporaryDirectory } from '../../../test/support/temporary.ts'
import { openPostgres } from '../adapters/sql/postgres.ts'
import { openSqlite } from '../adapters/sql/sqlite.ts'
import { describeJobStore } from './store.contract.ts'
import { createJobStore } from './store.sql.ts'

describeJobStore('SQLite', async (limitsOf) => {
  const directory = await temporaryDirectory()
  const db = await openSqlite(join(directory.path, 'toolbox.db'))
  return {
    store: createJobStore(db, limitsOf),
    async [Symbol.asyncDispose]() {
      await db.close()
      await directory[Symbol.asyncDispose]()
    },
  }
})

describe.skipIf(!testDatabaseUrl())('with PostgreSQL', () => {
  describeJobStore('PostgreSQL', async (limitsOf) => {
    const database = await temporaryDatabase()
    const db = await openPostgres(database.url)
    return {
      store: createJobStore(db, limitsOf),
      async [Symbol.asyncDispose]() {
        await db.close()
        await database[Symbol.asyncDispose]()
      },
    }
  })
})
