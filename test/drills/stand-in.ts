import { temporaryDatabase, testDatabaseUrl } from '../support/services.ts'
import { spawnToolbox, type ToolboxProcess } from '../support/toolbox-process.ts'
import { drillToolkits } from './drill.ts'

/** Two products on one PostgreSQL, each with a worker of its own, so that one can stand in for the other. */
export interface Pair extends AsyncDisposable {
  readonly first: ToolboxProcess
  readonly second: ToolboxProcess
}

export function missingPostgres(): string | null {
  return testDatabaseUrl() ? null : 'PostgreSQL was not found'
}

export async function spawnPair(): Promise<Pair> {
  const database = await temporaryDatabase()
  const settings = { DATABASE_URL: database.url, TOOLBOX_EXTRA_TOOLKITS: drillToolkits }
  const first = await spawnToolbox({ settings })
  const second = await spawnToolbox({ settings })
  return {
    first,
    second,
    async [Symbol.asyncDispose]() {
      await first[Symbol.asyncDispose]()
      await second[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}
