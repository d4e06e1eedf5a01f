import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** A PostgreSQL that tests may use, or undefined: then `describe.skipIf(!testDatabaseUrl())` leaves the suite out. */
export function testDatabaseUrl(): string | undefined {
  return process.env.TEST_DATABASE_URL || undefined
}

export type TemporaryDatabase = AsyncDisposable & {
  readonly url: string
}

/** A new empty PostgreSQL database for one suite, dropped with whatever is still connected to it. */
export async function temporaryDatabase(): Promise<TemporaryDatabase> {
  const server = testDatabaseUrl()
  if (!server)
    throw new Error('TEST_DATABASE_URL is not set: run the suite by npm test, or skip it without PostgreSQL')
  const name = `toolbox_test_${randomBytes(8).toString('hex')}`
  // template0 has no sessions of its own, so suites that start at the same moment don't get in each other's way.
  await execute(server, `create database ${name} template template0`)
  const url = new URL(server)
  url.pathname = name
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => execute(server, `drop database if exists ${name} with (force)`),
  }
}

async function execute(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
