import { sql } from 'kysely'
import type { Database, Runs } from '../adapters/sql/database.ts'
import { inRounds, type Lane } from '../adapters/sql/group-commit.ts'
import { statement } from '../adapters/sql/statement.ts'
import type { PutAnswer, PutValue, ToolkitValues } from './ports.ts'

type Put = PutValue & { slug: string }
type Stored = { slug: string; key: string; version: number }

const address = { slug: 'text', key: 'text' } as const
const content = { ...address, value: 'text', ifVersion: 'bigint', at: 'bigint' } as const

const replace = statement<Omit<Put, 'maxKeys'>, Stored>(
  content,
  `update toolkit_store set value = $value, version = toolkit_store.version + 1, changed_at = $at {rows}
   where toolkit_store.slug = $slug and toolkit_store.key = $key
     and toolkit_store.version = coalesce($ifVersion, toolkit_store.version)
   returning toolkit_store.slug as slug, toolkit_store.key as key, toolkit_store.version as version`,
)

const insert = statement<Put, Stored>(
  { ...content, maxKeys: 'bigint' },
  `insert into toolkit_store (slug, key, value, version, changed_at)
   select $slug, $key, $value, 1, $at {rows}
   where coalesce($ifVersion, 0) = 0
     and (select count(*) from toolkit_store as held where held.slug = $slug) < $maxKeys
   on conflict (slug, key) do nothing
   returning slug, key, version`,
)

const find = statement<{ slug: string; key: string }, { version: number }>(
  address,
  'select version from toolkit_store where slug = $slug and key = $key',
)

const remove = statement<{ slug: string; key: string; ifVersion: number | null }, { key: string }>(
  { ...address, ifVersion: 'bigint' },
  `delete from toolkit_store
   where slug = $slug and key = $key and version = coalesce($ifVersion, version) returning key`,
)

/** Puts of the same moment share a transaction. */
const putLane: Lane<Put, PutAnswer> = {
  order: 70,
  async apply(runs, items) {
    const answers = new Map<Put, PutAnswer>()
    for (const round of inRounds(items, addressOf)) {
      const stored = new Map<string, number>()
      const waiting = () => round.filter((item) => !stored.has(addressOf(item)))
      const keep = (rows: Stored[]) => {
        for (const row of rows) stored.set(addressOf(row), row.version)
      }
      keep(await runs.bulk(replace, round))
      keep(await runs.bulk(insert, waiting()))
      // Another process may have inserted the key in between.
      keep(await runs.bulk(replace, waiting()))
      for (const item of round) {
        const version = stored.get(addressOf(item))
        answers.set(item, version === undefined ? await refusal(runs, item) : { kind: 'stored', version })
      }
    }
    return items.map((item) => answers.get(item) as PutAnswer)
  },
}

async function refusal(runs: Runs, { slug, key, ifVersion }: Put): Promise<PutAnswer> {
  const expectsAnother = ifVersion !== null && ifVersion > 0
  const held = expectsAnother || (await runs.all(find, { slug, key })).length > 0
  return { kind: held ? 'conflict' : 'full' }
}

const deleteLane: Lane<
  { slug: string; key: string; ifVersion: number | null },
  'deleted' | 'missing' | 'conflict'
> = {
  order: 71,
  async apply(runs, items) {
    const answers: ('deleted' | 'missing' | 'conflict')[] = []
    for (const item of items) {
      if ((await runs.all(remove, item)).length > 0) answers.push('deleted')
      else {
        const held = await runs.all(find, { slug: item.slug, key: item.key })
        answers.push(held.length > 0 ? 'conflict' : 'missing')
      }
    }
    return answers
  },
}

/** No slug holds a `/`. */
function addressOf({ slug, key }: { slug: string; key: string }): string {
  return `${slug}/${key}`
}

export function createToolkitValues(database: Database): ToolkitValues {
  const { query, groupCommit } = database
  // Code point order in both dialects, whatever the database's language is.
  const key = database.dialect === 'postgres' ? sql<string>`key collate "C"` : sql<string>`key`

  return {
    async get(slug, wanted) {
      const row = await query
        .selectFrom('toolkit_store')
        .select(['key', 'value', 'version'])
        .where('slug', '=', slug)
        .where('key', '=', wanted)
        .executeTakeFirst()
      return row ?? null
    },
    put: (slug, put) => groupCommit.add(putLane, { ...put, slug }),
    delete: (slug, wanted, ifVersion) => groupCommit.add(deleteLane, { slug, key: wanted, ifVersion }),
    list: (slug, { prefix, after, limit }) => {
      const characters = [...prefix].length
      return query
        .selectFrom('toolkit_store')
        .select(['key', 'value', 'version'])
        .where('slug', '=', slug)
        .where(key, '>=', prefix)
        .where(sql<string>`substr(key, 1, ${sql.lit(characters)})`, '=', prefix)
        .$if(after !== null, (select) => select.where(key, '>', after))
        .orderBy(key)
        .limit(limit)
        .execute()
    },
  }
}
