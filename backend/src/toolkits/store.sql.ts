import type { Database } from '../adapters/sql/database.ts'
import { statement } from '../adapters/sql/statement.ts'
import type { StoredHealth, StoredSwitch, ToolkitStore } from './ports.ts'

const setEnabled = statement<Omit<StoredSwitch, 'enabled'> & { enabled: number }>(
  { slug: 'text', enabled: 'integer', by: 'text', justification: 'text', at: 'bigint' },
  `insert into toolkits (slug, enabled, changed_by, justification, changed_at)
   select $slug, $enabled, $by, $justification, $at {rows} where true
   on conflict (slug) do update set enabled = excluded.enabled, changed_by = excluded.changed_by,
     justification = excluded.justification, changed_at = excluded.changed_at`,
)

const addVersion = statement<{ slug: string; digest: string; version: string; at: number }>(
  { slug: 'text', digest: 'text', version: 'text', at: 'bigint' },
  `insert into toolkit_versions (slug, digest, version, added_at) select $slug, $digest, $version, $at {rows} where true
   on conflict (slug, digest) do nothing`,
)

const putSettings = statement<
  { slug: string; version: number; settings: string; at: number },
  { version: number }
>(
  { slug: 'text', version: 'integer', settings: 'text', at: 'bigint' },
  `insert into toolkit_settings (slug, version, settings, changed_at)
   select $slug, $version, $settings, $at {rows}
   where $version = 1 or exists (select 1 from toolkit_settings as held where held.slug = $slug)
   on conflict (slug) do update
   set version = excluded.version, settings = excluded.settings, changed_at = excluded.changed_at
   where toolkit_settings.version = excluded.version - 1
   returning version`,
)

const putHealth = statement<{ slug: string; status: string; message: string | null; at: number }>(
  { slug: 'text', status: 'text', message: 'text', at: 'bigint' },
  `insert into toolkit_health (slug, status, message, checked_at) select $slug, $status, $message, $at {rows} where true
   on conflict (slug) do update
   set status = excluded.status, message = excluded.message, checked_at = excluded.checked_at`,
)

export function createToolkitStore(database: Database): ToolkitStore {
  const { query } = database
  return {
    async states() {
      const rows = await query
        .selectFrom('toolkits')
        .select(['slug', 'enabled', 'changed_by as by', 'justification', 'changed_at as at'])
        .execute()
      return rows.map((row) => ({ ...row, enabled: row.enabled === 1 }))
    },
    async setEnabled(next) {
      await database.bulk(setEnabled, [{ ...next, enabled: next.enabled ? 1 : 0 }])
    },
    versions: (slug) =>
      query
        .selectFrom('toolkit_versions')
        .select(['version', 'digest', 'added_at as addedAt'])
        .where('slug', '=', slug)
        .orderBy('added_at', 'desc')
        .orderBy('digest')
        .execute(),
    async addVersion(slug, { version, digest, addedAt }) {
      await database.bulk(addVersion, [{ slug, version, digest, at: addedAt }])
    },
    async settings() {
      const rows = await query
        .selectFrom('toolkit_settings')
        .select(['slug', 'version', 'settings'])
        .execute()
      return rows.map((row) => ({ ...row, settings: JSON.parse(row.settings) }))
    },
    async putSettings({ slug, version, settings }, at) {
      const stored = await database.bulk(putSettings, [
        { slug, version, settings: JSON.stringify(settings), at },
      ])
      return stored.length === 1
    },
    async health() {
      const rows = await query
        .selectFrom('toolkit_health')
        .select(['slug', 'status', 'message', 'checked_at as checkedAt'])
        .execute()
      return rows.map((row) => ({ ...row, status: row.status as StoredHealth['status'] }))
    },
    async putHealth({ slug, status, message, checkedAt }) {
      await database.bulk(putHealth, [{ slug, status, message, at: checkedAt }])
    },
  }
}
