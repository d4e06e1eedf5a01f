import type { Migration } from '../migrate.ts'

export const secrets: Migration = {
  name: '0005-secrets',
  up: () => [
    `create table secrets (
      name text primary key,
      version integer not null,
      fields text not null,
      sealed text not null,
      updated_at bigint not null
    )`,
  ],
}
