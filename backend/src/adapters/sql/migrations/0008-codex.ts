import type { Migration } from '../migrate.ts'

export const codex: Migration = {
  name: '0008-codex',
  up: () => [
    `create table codex_workspaces (
      id text primary key,
      name text not null unique,
      directory text not null unique,
      added_by text,
      added_by_name text not null,
      added_at bigint not null
    )`,
  ],
}
