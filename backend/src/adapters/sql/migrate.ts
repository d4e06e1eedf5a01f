import { existsSync } from 'node:fs'
import type Sqlite from 'better-sqlite3'
import type pg from 'pg'
import type { Dialect } from './database.ts'
import { migrations } from './migrations/index.ts'

/** A step of the schema, forward only: a backup is the way back. */
export interface Migration {
  readonly name: string
  /** The SQL of the step; a statement per array item. */
  up(dialect: Dialect): readonly string[]
}

const ledger = `create table if not exists migrations (name text primary key, applied_at bigint not null)`

/** Brings the file up to date; one that already holds data is copied aside first. */
export async function migrateSqlite(raw: Sqlite.Database, path: string): Promise<void> {
  raw.exec(ledger)
  const applied = new Set(raw.prepare('select name from migrations').pluck().all() as string[])
  refuseNewer(applied)
  const pending = migrations.filter(({ name }) => !applied.has(name))
  if (pending.length === 0) return
  if (applied.size > 0 && existsSync(path)) await raw.backup(`${path}.before-${pending[0]?.name}`)
  raw.transaction(() => {
    for (const { name, up } of pending) {
      for (const text of up('sqlite')) raw.exec(text)
      raw.prepare('insert into migrations (name, applied_at) values (?, ?)').run(name, Date.now())
    }
  })()
}

/** Several processes may start at once: one migrates, the others wait for it. */
export async function migratePostgres(pool: pg.Pool, schema: string | null): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(hashtext('sre-toolbox migrations'))`)
    if (schema) await client.query(`create schema if not exists "${schema}"`)
    await client.query(ledger)
    const { rows } = await client.query<{ name: string }>('select name from migrations')
    const applied = new Set(rows.map(({ name }) => name))
    refuseNewer(applied)
    for (const { name, up } of migrations.filter((migration) => !applied.has(migration.name))) {
      for (const text of up('postgres')) await client.query(text)
      await client.query('insert into migrations (name, applied_at) values ($1, $2)', [name, Date.now()])
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

function refuseNewer(applied: ReadonlySet<string>): void {
  const known = new Set(migrations.map(({ name }) => name))
  const unknown = [...applied].filter((name) => !known.has(name))
  if (unknown.length > 0) {
    throw new Error(
      `The database was written by a newer version (it has ${unknown.join(', ')}). Start that version, or restore a backup.`,
    )
  }
}
