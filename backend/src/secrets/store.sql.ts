import { createChanges } from '../adapters/sql/changes.ts'
import type { Database } from '../adapters/sql/database.ts'
import { statement } from '../adapters/sql/statement.ts'
import type { SealedSecrets } from './ports.ts'

const selectAll = statement<
  Record<never, never>,
  { name: string; version: number; fields: string; updatedAt: number }
>(
  {},
  `select name as name, version as version, fields as fields, updated_at as "updatedAt" from secrets order by name`,
)
const selectOne = statement<{ name: string }, { version: number; sealed: string }>(
  { name: 'text' },
  'select version as version, sealed as sealed from secrets where name = $name',
)
/** The version is taken first, since the sealed text is bound to it. */
const takeVersion = statement<{ name: string; fields: string; updatedAt: number }, { version: number }>(
  { name: 'text', fields: 'text', updatedAt: 'bigint' },
  `insert into secrets (name, version, fields, sealed, updated_at) values ($name, 1, $fields, '', $updatedAt)
   on conflict (name) do update set version = secrets.version + 1, fields = $fields, updated_at = $updatedAt
   returning version as version`,
)
const fill = statement<{ name: string; sealed: string }>(
  { name: 'text', sealed: 'text' },
  'update secrets set sealed = $sealed where name = $name',
)
const deleteOne = statement<{ name: string }, { name: string }>(
  { name: 'text' },
  'delete from secrets where name = $name returning name as name',
)

export function createSealedSecrets(db: Database): SealedSecrets {
  const change = createChanges(db)

  return {
    async list() {
      const rows = await db.all(selectAll, {})
      return rows.map((row) => ({ ...row, fields: JSON.parse(row.fields) as string[] }))
    },

    find: async (name) => (await db.all(selectOne, { name }))[0] ?? null,

    put: ({ name, fields, updatedAt, seal }) =>
      change(async (runs) => {
        const [taken] = await runs.all(takeVersion, { name, fields: JSON.stringify(fields), updatedAt })
        if (!taken) throw new Error(`no version was given for the secret ${name}`)
        await runs.all(fill, { name, sealed: seal(taken.version) })
        return taken.version
      }),

    remove: (name) => change(async (runs) => (await runs.all(deleteOne, { name })).length > 0),
  }
}
