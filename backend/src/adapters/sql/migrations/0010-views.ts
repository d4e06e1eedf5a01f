import type { Migration } from '../migrate.ts'

export const views: Migration = {
  name: '0010-views',
  up: () => [
    `create table saved_views (
      id text primary key,
      user_id text not null references users (id),
      list text not null,
      name text not null,
      query text not null,
      changed_at bigint not null,
      unique (user_id, list, name)
    )`,
  ],
}
