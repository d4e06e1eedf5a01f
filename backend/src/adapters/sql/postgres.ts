import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { ToolboxError } from '../../kernel/errors.ts'
import type { Database, Runs } from './database.ts'
import { createGroupCommit } from './group-commit.ts'
import { migratePostgres } from './migrate.ts'
import type { Statement } from './statement.ts'
import type { Tables } from './tables.ts'

const int8 = 20
const connectionLost = /^(08|25P03|57P0|53)|ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT/

/**
 * Milliseconds after which the server ends a transaction that nothing comes from. A process that stands still in the middle of
 * one would hold its locks for ever, those of the audit trail among them; this is shorter than a worker's lease.
 */
const transactionIdleMs = 5000

/** PostgreSQL. `schema` puts all tables into one schema of their own. */
export async function openPostgres(
  url: string,
  options: { schema?: string; poolSize?: number; transactionIdleMs?: number } = {},
): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.poolSize ?? 8,
    connectionTimeoutMillis: 5000,
    idle_in_transaction_session_timeout: options.transactionIdleMs ?? transactionIdleMs,
    ...(options.schema ? { options: `-c search_path=${options.schema}` } : {}),
    types: {
      getTypeParser: (oid, format) => (oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text')),
    },
  })
  // A connection that breaks is replaced; its query, or the next one, reports what is wrong. Without a listener the event
  // would end the process: the pool's is for idle connections alone.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const query = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: translating(pool) }) })
  await migratePostgres(pool, options.schema ?? null).catch(async (error: unknown) => {
    await pool.end()
    throw notOpened(error)
  })

  const namesOf = new Map<Statement<never, unknown>, string>()
  function nameOf(statement: Statement<never, unknown>): string {
    let name = namesOf.get(statement)
    if (!name) {
      name = `statement_${namesOf.size}`
      namesOf.set(statement, name)
    }
    return name
  }

  function runsOn(client: pg.Pool | pg.PoolClient): Runs {
    return {
      async all<Params extends object, Row>(statement: Statement<Params, Row>, params: Params) {
        const values = statement.names.map((name) => params[name] ?? null)
        const result = await client.query({
          name: `${nameOf(statement)}_one`,
          text: statement.postgres,
          values,
        })
        return result.rows as Row[]
      },
      async bulk<Params extends object, Row>(statement: Statement<Params, Row>, rows: readonly Params[]) {
        if (rows.length === 0) return []
        const values = [toStorableJson(rows)]
        const result = await client.query({
          name: `${nameOf(statement)}_bulk`,
          text: statement.postgresBulk,
          values,
        })
        return result.rows as Row[]
      },
    }
  }

  async function transact<T>(work: (runs: Runs) => Promise<T>): Promise<T> {
    const client = await pool.connect().catch((error) => Promise.reject(translate(error)))
    let broken: Error | undefined
    try {
      await client.query('begin')
      const result = await work(runsOn(client))
      await client.query('commit')
      return result
    } catch (error) {
      const translated = translate(error)
      if (translated instanceof ToolboxError) broken = translated
      else
        await client.query('rollback').catch((failure: Error) => {
          broken = failure
        })
      throw translated
    } finally {
      client.release(broken)
    }
  }

  return {
    dialect: 'postgres',
    query,
    groupCommit: createGroupCommit(transact),
    all: async (statement, params) =>
      runsOn(pool)
        .all(statement, params)
        .catch((error) => Promise.reject(translate(error))),
    bulk: (statement, rows) => transact((runs) => runs.bulk(statement, rows)),
    async fault() {
      try {
        await pool.query('update database_probe set touched = touched + 1')
        return null
      } catch (error) {
        return (translate(error) as Error).message
      }
    },
    async close() {
      await query.destroy()
    },
  }
}

/** PostgreSQL's text holds neither NUL nor half a surrogate pair, and programs print both: a mark takes their place. */
function toStorableJson(rows: readonly object[]): string {
  const json = JSON.stringify(rows)
  if (!/\\u(0000|d[89a-f])/.test(json)) return json
  return JSON.stringify(rows, (_, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '\ufffd').toWellFormed() : value,
  )
}

/** For Kysely, which passes on what the driver throws as it is. It is never asked to stream, so cursors are left out. */
function translating(pool: pg.Pool): PostgresPool {
  const rethrow = (error: unknown) => Promise.reject(translate(error))
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect().catch(rethrow)
      const query = (text: string, values: unknown[]) => client.query(text, values).catch(rethrow)
      return { query: query as unknown as PostgresPoolClient['query'], release: client.release }
    },
    end: () => pool.end(),
  }
}

/** Nobody tries a first connection again: whoever starts the process has to know what to look at. */
function notOpened(error: unknown): unknown {
  if (error instanceof ToolboxError) return error
  const { code, message } = error as { code?: string; message: string }
  const refused = /^(28|3D|42501)/.test(code ?? '')
  if (!refused && !isConnectionLost(error)) return error
  const advice = refused
    ? 'Check the user, the password and the database in DATABASE_URL.'
    : 'Start it, or check host and port in DATABASE_URL.'
  const what = refused ? 'PostgreSQL refuses the connection' : "PostgreSQL can't be reached"
  return new ToolboxError('unavailable', `${what} (${message || code}). ${advice}`, {}, error)
}

function isConnectionLost(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: string }
  return connectionLost.test(String(code ?? '')) || /timeout|terminated|[Cc]onnection/.test(message ?? '')
}

function translate(error: unknown): unknown {
  if (error instanceof ToolboxError) return error
  if (!isConnectionLost(error)) return error
  const { code, message } = error as { code?: string; message?: string }
  return new ToolboxError(
    'unavailable',
    `PostgreSQL can't be reached (${code || message}). It is tried again by itself.`,
    {},
    error,
  )
}
