import type { Migration } from '../migrate.ts'

export const toolkits: Migration = {
  name: '0002-toolkits',
  up: () => [
    `create table toolkits (
      slug text primary key,
      enabled integer not null,
      changed_at bigint not null
    )`,
    `create table toolkit_versions (
      slug text not null,
      digest text not null,
      version text not null,
      added_at bigint not null,
      primary key (slug, digest)
    )`,
    `create table toolkit_settings (
      slug text primary key,
      version integer not null,
      settings text not null,
      changed_at bigint not null
    )`,
    `create table toolkit_store (
      slug text not null,
      key text not null,
      value text not null,
      version bigint not null,
      changed_at bigint not null,
      primary key (slug, key)
    )`,
    `create table toolkit_health (
      slug text primary key,
      status text not null,
      message text,
      checked_at bigint not null
    )`,
  ],
}
