import type { Database } from '../adapters/sql/database.ts'
import { statement } from '../adapters/sql/statement.ts'
import type { LoadFailureStore, StoredLoadFailure } from './ports.ts'

const add = statement<StoredLoadFailure, { id: string; count: number; firstSeenAt: number }>(
  {
    id: 'text',
    fingerprint: 'text',
    toolkit: 'text',
    version: 'text',
    specifier: 'text',
    stage: 'text',
    url: 'text',
    cause: 'text',
    count: 'integer',
    firstSeenAt: 'bigint',
    lastSeenAt: 'bigint',
    lastSeenBy: 'text',
    browser: 'text',
  },
  `insert into load_failures (id, fingerprint, toolkit, version, specifier, stage, url, cause, count, first_seen_at,
     last_seen_at, last_seen_by, browser)
   select $id, $fingerprint, $toolkit, $version, $specifier, $stage, $url, $cause, $count, $firstSeenAt, $lastSeenAt,
     $lastSeenBy, $browser where true
   on conflict (fingerprint) do update
   set count = load_failures.count + 1, version = excluded.version, url = excluded.url,
     last_seen_at = excluded.last_seen_at, last_seen_by = excluded.last_seen_by, browser = excluded.browser
   returning id as id, count as count, first_seen_at as "firstSeenAt"`,
)

const trim = statement<{ kept: number }>(
  { kept: 'integer' },
  `delete from load_failures where last_seen_at <
     (select min(last_seen_at) from (select last_seen_at from load_failures order by last_seen_at desc limit $kept) as kept_ones)`,
)

export function createLoadFailureStore(database: Database): LoadFailureStore {
  const { query } = database
  return {
    async add(failure) {
      const [row] = await database.all(add, failure)
      return { ...failure, ...row }
    },
    async trim(kept) {
      await database.all(trim, { kept })
    },
    async page({ toolkit, before, limit }) {
      let rows = query
        .selectFrom('load_failures')
        .selectAll()
        .orderBy('last_seen_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
      if (toolkit !== null) rows = rows.where('toolkit', '=', toolkit)
      if (before) {
        rows = rows.where(({ eb, and, or }) =>
          or([
            eb('last_seen_at', '<', before.lastSeenAt),
            and([eb('last_seen_at', '=', before.lastSeenAt), eb('id', '<', before.id)]),
          ]),
        )
      }
      return (await rows.execute()).map(
        ({ first_seen_at, last_seen_at, last_seen_by, specifier, stage, ...row }) => ({
          ...row,
          specifier: specifier as StoredLoadFailure['specifier'],
          stage: stage as StoredLoadFailure['stage'],
          firstSeenAt: first_seen_at,
          lastSeenAt: last_seen_at,
          lastSeenBy: last_seen_by,
        }),
      )
    },
  }
}
