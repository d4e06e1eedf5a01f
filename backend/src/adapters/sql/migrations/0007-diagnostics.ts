import type { Migration } from '../migrate.ts'

export const diagnostics: Migration = {
  name: '0007-diagnostics',
  up: () => [
    `create table load_failures (
      id text primary key,
      fingerprint text not null unique,
      toolkit text not null,
      version text not null,
      specifier text not null,
      stage text not null,
      url text not null,
      cause text not null,
      count integer not null,
      first_seen_at bigint not null,
      last_seen_at bigint not null,
      last_seen_by text not null,
      browser text not null
    )`,
    'create index load_failures_by_time on load_failures (last_seen_at, id)',
  ],
}
