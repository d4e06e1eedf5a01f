import type { Migration } from '../migrate.ts'

export const identity: Migration = {
  name: '0003-identity',
  up: () => [
    `create table users (
      id text primary key,
      username text not null unique,
      display_name text not null,
      email text,
      provider text not null,
      password_hash text,
      roles text not null,
      superuser integer not null,
      disabled integer not null,
      created_at bigint not null,
      last_login_at bigint
    )`,
    `create table sessions (
      id text primary key,
      secret_hash text not null unique,
      user_id text not null references users (id),
      created_at bigint not null,
      last_seen_at bigint not null,
      expires_at bigint not null,
      address text not null,
      user_agent text not null
    )`,
    'create index sessions_by_user on sessions (user_id)',
    `create table tokens (
      id text primary key,
      secret_hash text not null unique,
      user_id text not null references users (id),
      name text not null,
      prefix text not null,
      operations text,
      persona text,
      created_at bigint not null,
      expires_at bigint,
      last_used_at bigint,
      revoked_at bigint
    )`,
    'create index tokens_by_user on tokens (user_id)',
    `create table login_failures (
      subject text primary key,
      failures integer not null,
      locked_until bigint not null,
      last_at bigint not null
    )`,
  ],
}
