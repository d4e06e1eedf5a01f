import { join } from 'node:path'
import { describe } from 'vitest'
import { temporaryDatabase, testDatabaseUrl } from '../../../test/support/services.ts'
import { temporaryDirectory } from '../../../test/support/temporary.ts'
import type { Database } from '../adapters/sql/database.ts'
import { openPostgres } from '../adapters/sql/postgres.ts'
import { openSqlite } from '../adapters/sql/sqlite.ts'
import { describeToolkitStore } from './store.contract.ts'
import { createToolkitStore } from './store.sql.ts'
import { createToolkitValues } from './values.sql.ts'

async function opened(place: AsyncDisposable, database: Database) {
  return {
    store: createToolkitStore(database),
    values: createToolkitValues(database),
    async [Symbol.asyncDispose]() {
      await database.close()
      await place[Symbol.asyncDispose]()
    },
  }
}

describeToolkitStore('SQLite', async () => {
  const directory = await temporaryDirectory()
  return opened(directory, await openSqlite(join(directory.path, 'toolbox.db')))
})

describe.skipIf(!testDatabaseUrl())('with PostgreSQL', () => {
  describeToolkitStore('PostgreSQL', async () => {
    const place = await temporaryDatabase()
    return opened(place, await openPostgres(place.url))
  })
})
