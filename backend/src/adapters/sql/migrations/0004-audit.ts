import type { Migration } from '../migrate.ts'

export const audit: Migration = {
  name: '0004-audit',
  up: (dialect) => {
    const clustered = dialect === 'sqlite' ? ' without rowid' : ''
    return [
      `create table audit_entries (
        seq bigint primary key,
        at bigint not null,
        actor_id text,
        actor_name text not null,
        operation text not null,
        outcome text not null,
        job_id text,
        body text not null,
        hash text not null
      )${clustered}`,
      'create index audit_by_actor on audit_entries (actor_id, seq)',
      'create index audit_by_operation on audit_entries (operation, seq)',
      'create index audit_by_job on audit_entries (job_id) where job_id is not null',
      `create table audit_head (
        id integer primary key,
        seq bigint not null,
        hash text not null,
        start_seq bigint not null,
        start_hash text not null
      )`,
      `insert into audit_head (id, seq, hash, start_seq, start_hash) values (1, 0, '', 0, '')`,
    ]
  },
}
