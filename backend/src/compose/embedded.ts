import { mkdirSync } from 'node:fs'
import { takeDataDirectory } from '../adapters/data-directory/lock.ts'
import { createMemoryQueue } from '../adapters/queue-embedded/queue.ts'
import { openSqlite } from '../adapters/sql/sqlite.ts'
import type { Logger } from '../kernel/logger.ts'
import type { HttpOptions } from '../transports/http/index.ts'
import { type App, createApp } from './app.ts'
import { type Config, databasePath } from './config.ts'

/** One process with its own queue; the database is a file in the data directory, or PostgreSQL. */
export async function createEmbeddedApp(
  config: Config,
  logger: Logger,
  http: Partial<HttpOptions> = {},
): Promise<App> {
  await using taken = new AsyncDisposableStack()
  const directory = takeDataDirectory(config.dataDirectory)
  taken.defer(() => directory.release())
  mkdirSync(config.toolkitStorageDirectory, { recursive: true })
  const database =
    config.databaseUrl === null
      ? await openSqlite(databasePath(config.dataDirectory))
      : await openPostgres(config.databaseUrl)
  taken.defer(() => database.close())
  const app = await createApp({
    config,
    database,
    queue: createMemoryQueue(),
    logger,
    alone: config.databaseUrl === null,
    http,
  })
  const held = taken.move()
  return {
    ...app,
    async stop(drainMs) {
      await app.stop(drainMs)
      await held.disposeAsync()
    },
  }
}

/** Its driver is read only where it is used, which a start on the built-in database need not wait for. */
async function openPostgres(url: string) {
  return (await import('../adapters/sql/postgres.ts')).openPostgres(url)
}
