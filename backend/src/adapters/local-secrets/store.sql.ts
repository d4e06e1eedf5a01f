import type { SecretMetadata } from '@sre-toolbox/contract/secrets'
import { type Clock, toInstant } from '../../kernel/clock.ts'
import type { SecretStore } from '../../secrets/ports.ts'
import type { Database, Runs } from '../sql/database.ts'
import type { Lane } from '../sql/group-commit.ts'
import { statement } from '../sql/statement.ts'
import { seal, unseal } from './seal.ts'

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

type Change = (runs: Runs) => Promise<unknown>
const changes: Lane<Change, unknown> = {
  order: 50,
  async apply(runs, items) {
    const answers: unknown[] = []
    for (const change of items) answers.push(await change(runs))
    return answers
  },
}

/** Secrets in the product's own database, sealed; without the master key they are worth nothing. */
export function createSecretStore(db: Database, masterKey: Buffer, clock: Clock): SecretStore {
  const change = <Answer>(work: (runs: Runs) => Promise<Answer>): Promise<Answer> =>
    db.groupCommit.add(changes, work) as Promise<Answer>

  return {
    async list() {
      const rows = await db.all(selectAll, {})
      return rows.map(({ name, version, fields, updatedAt }) => ({
        name,
        version,
        fields: JSON.parse(fields) as string[],
        updatedAt: toInstant(updatedAt),
      }))
    },

    put: (name, values) =>
      change(async (runs): Promise<SecretMetadata> => {
        const fields = Object.keys(values).sort()
        const updatedAt = clock.now()
        const [taken] = await runs.all(takeVersion, { name, fields: JSON.stringify(fields), updatedAt })
        const version = taken?.version ?? 1
        const sealed = seal(masterKey, { name, version }, JSON.stringify(values))
        await runs.all(fill, { name, sealed })
        return { name, version, fields, updatedAt: toInstant(updatedAt) }
      }),

    remove: (name) => change(async (runs) => (await runs.all(deleteOne, { name })).length > 0),

    async get(name, field) {
      const [row] = await db.all(selectOne, { name })
      if (!row) return undefined
      const values = JSON.parse(unseal(masterKey, { name, version: row.version }, row.sealed)) as object
      return Object.hasOwn(values, field) ? (values as Record<string, string>)[field] : undefined
    },
  }
}
