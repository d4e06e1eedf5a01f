import { statfs } from 'node:fs/promises'
import Sqlite from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { ToolboxError } from '../../kernel/errors.ts'
import type { Database, Runs } from './database.ts'
import { createGroupCommit } from './group-commit.ts'
import { migrateSqlite } from './migrate.ts'
import type { Statement } from './statement.ts'
import type { Tables } from './tables.ts'

type Text = Statement<never, unknown>

/** After a failed fsync the page cache can't be trusted, so only a restart (which recovers the log) clears it. */
const untrustworthy = /^SQLITE_(IOERR|CORRUPT|NOTADB)/
const passing = /^SQLITE_(FULL|READONLY|CANTOPEN|BUSY|LOCKED)/

const diskFull = 'the disk is full: free space in the data directory'
const leastFreeBytes = 256 * 1024

/** SQLite in one file, write-ahead log, every commit synced to disk before it is acknowledged. */
export async function openSqlite(path: string): Promise<Database> {
  const raw = new Sqlite(path)
  raw.pragma('journal_mode = wal')
  raw.pragma('synchronous = full')
  raw.pragma('foreign_keys = on')
  raw.pragma('temp_store = memory')
  // A checkpoint costs two syncs: once in 64 MB instead of once in 4.
  raw.pragma('wal_autocheckpoint = 16384')
  raw.pragma('cache_size = -32000')
  raw.pragma('mmap_size = 268435456')
  await migrateSqlite(raw, path)

  const query = new Kysely<Tables>({ dialect: new SqliteDialect({ database: raw }) })
  // Reads never see what is not committed yet: while a transaction is open they have a connection of their own. Without
  // one they use the writer's, whose page cache stays warm where every commit empties the other's.
  const reader = new Sqlite(path, { readonly: true })
  reader.pragma('mmap_size = 268435456')
  reader.pragma('cache_size = -16000')
  const prepared = { raw: new Map<Text, Sqlite.Statement>(), reader: new Map<Text, Sqlite.Statement>() }
  let lastFault: { code: string; message: string } | null = null

  function prepare(statement: Text): Sqlite.Statement {
    let found = prepared.raw.get(statement)
    if (!found) {
      found = raw.prepare(statement.sqlite)
      prepared.raw.set(statement, found)
    }
    return found
  }

  /** Null for a statement that writes. */
  function prepareRead(statement: Text): Sqlite.Statement | null {
    const onWriter = prepare(statement)
    if (!onWriter.readonly) return null
    if (!raw.inTransaction) return onWriter
    let found = prepared.reader.get(statement)
    if (!found) {
      found = reader.prepare(statement.sqlite)
      prepared.reader.set(statement, found)
    }
    return found
  }

  const runs: Runs = {
    async all<Params extends object, Row>(statement: Statement<Params, Row>, params: Params) {
      const found = prepare(statement)
      if (found.reader) return found.all(params) as Row[]
      found.run(params)
      return []
    },
    async bulk<Params extends object, Row>(statement: Statement<Params, Row>, rows: readonly Params[]) {
      const found = prepare(statement)
      const returned: Row[] = []
      if (found.reader) for (const row of rows) returned.push(...(found.all(row) as Row[]))
      else for (const row of rows) found.run(row)
      return returned
    },
  }

  function translate(error: unknown): unknown {
    const code = (error as { code?: unknown }).code
    if (typeof code !== 'string' || !(untrustworthy.test(code) || passing.test(code))) return error
    lastFault = { code, message: (error as Error).message }
    return new ToolboxError(
      'unavailable',
      `The database can't be written (${describe(lastFault)}).`,
      {},
      error,
    )
  }

  async function transact<T>(work: (runs: Runs) => Promise<T>): Promise<T> {
    if (lastFault && untrustworthy.test(lastFault.code)) {
      throw new ToolboxError(
        'unavailable',
        `The database can't be trusted (${describe(lastFault)}). Restart the server.`,
      )
    }
    // Kysely's connection is held so that its own transactions and ours never mix.
    return query.connection().execute(async () => {
      try {
        raw.exec('begin immediate')
        const result = await work(runs)
        raw.exec('commit')
        lastFault = null
        return result
      } catch (error) {
        if (raw.inTransaction) raw.exec('rollback')
        throw translate(error)
      }
    })
  }

  return {
    dialect: 'sqlite',
    query,
    groupCommit: createGroupCommit(transact),
    async all<Params extends object, Row>(statement: Statement<Params, Row>, params: Params) {
      const read = prepareRead(statement)
      return read ? (read.all(params) as Row[]) : transact((within) => within.all(statement, params))
    },
    bulk: (statement, rows) => transact((within) => within.bulk(statement, rows)),
    async fault() {
      try {
        await transact(async () => {
          raw.exec('update database_probe set touched = touched + 1')
        })
        // One small write may still fit into what a greater one that failed has left.
        return (await isFull(path)) ? `The database can't be written (${diskFull}).` : null
      } catch (error) {
        return (error as Error).message
      }
    },
    async close() {
      reader.close()
      await query.destroy()
    },
  }
}

async function isFull(path: string): Promise<boolean> {
  const { bavail, bsize, blocks } = await statfs(path)
  // Some file systems don't count their blocks.
  return blocks > 0 && bavail * bsize < leastFreeBytes
}

function describe(fault: { code: string; message: string }): string {
  if (fault.code === 'SQLITE_FULL') return diskFull
  if (fault.code.startsWith('SQLITE_READONLY')) return 'the data directory is read-only: make it writable'
  return `${fault.code}: ${fault.message}`
}
