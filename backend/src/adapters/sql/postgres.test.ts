import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { temporaryDatabase, testDatabaseUrl } from '../../../../test/support/services.ts'
import type { Lane } from './group-commit.ts'
import { openPostgres } from './postgres.ts'
import { statement } from './statement.ts'

describe.skipIf(!testDatabaseUrl())('PostgreSQL that goes away', () => {
  it('is unavailable to every kind of query, those under way too, and heals by itself', async () => {
    await using database = await temporaryDatabase()
    await using line = await openLine(database.url)
    const db = await openPostgres(line.url)
    const read = () => db.query.selectFrom('workers').selectAll().execute()
    const transaction = () => db.query.transaction().execute((trx) => trx.selectFrom('workers').execute())
    expect(await read()).toEqual([])

    const underWay = sql`select pg_sleep(30)`.execute(db.query)
    const outcome = expect(underWay).rejects.toMatchObject({ code: 'unavailable' })
    await line.cut()
    await outcome
    await expect(read()).rejects.toMatchObject({ code: 'unavailable' })
    await expect(transaction()).rejects.toMatchObject({ code: 'unavailable' })
    expect(await db.fault()).toMatch(/PostgreSQL can't be reached/)

    await line.mend()
    expect(await read()).toEqual([])
    expect(await transaction()).toEqual([])
    expect(await db.fault()).toBeNull()
    await db.close()
  })

  it('takes the locks from a process that stands still within a transaction', async () => {
    await using database = await temporaryDatabase()
    const db = await openPostgres(database.url, { transactionIdleMs: 300 })
    const other = await openPostgres(database.url)
    const touch = statement({}, 'update database_probe set touched = touched + 1')
    const holds = Promise.withResolvers<void>()
    const standstill = Promise.withResolvers<void>()
    const stopped: Lane<null, null> = {
      order: 0,
      async apply(runs) {
        await runs.all(touch, {})
        holds.resolve()
        await standstill.promise
        await runs.all(touch, {})
        return [null]
      },
    }
    const outcome = expect(db.groupCommit.add(stopped, null)).rejects.toMatchObject({ code: 'unavailable' })
    await holds.promise
    // Waits for the row that the first holds.
    expect(await other.fault()).toBeNull()
    standstill.resolve()
    await outcome
    expect(await db.fault()).toBeNull()
    await db.close()
    await other.close()
  })

  it('passes on what is wrong with a query itself', async () => {
    await using database = await temporaryDatabase()
    const db = await openPostgres(database.url)
    await expect(sql`select * from nothing_here`.execute(db.query)).rejects.toMatchObject({ code: '42P01' })
    await db.close()
  })
})

describe.skipIf(!testDatabaseUrl())('PostgreSQL that never was there', () => {
  it('is unavailable, and it is said what to look at', async () => {
    await expect(openPostgres('postgres://postgres@127.0.0.1:1/test')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('Start it, or check host and port in DATABASE_URL.'),
    })
  })

  it('refuses a database that does not exist, without repeating the password', async () => {
    const url = new URL(testDatabaseUrl() ?? '')
    url.password = 'not-to-be-repeated'
    url.pathname = '/no_such_database'
    const error = await openPostgres(url.href).catch((thrown: unknown) => thrown as Error)
    expect(error).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('Check the user, the password and the database in DATABASE_URL.'),
    })
    expect(String(error)).not.toContain('not-to-be-repeated')
  })
})

/** The way to a database, which can be cut and mended. */
async function openLine(target: string) {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(port || 5432), hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address() as AddressInfo
  const url = new URL(target)
  url.host = `127.0.0.1:${address.port}`

  async function cut(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return {
    url: url.href,
    cut,
    async mend() {
      server.listen(address.port, '127.0.0.1')
      await once(server, 'listening')
    },
    [Symbol.asyncDispose]: cut,
  }
}
