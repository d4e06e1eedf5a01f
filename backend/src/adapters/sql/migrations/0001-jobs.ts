import type { Migration } from '../migrate.ts'

export const jobs: Migration = {
  name: '0001-jobs',
  up: (dialect) => {
    const clustered = dialect === 'sqlite' ? ' without rowid' : ''
    return [
      'create table database_probe (touched bigint not null)',
      'insert into database_probe (touched) values (0)',
      `create table jobs (
        id text primary key,
        toolkit text not null,
        operation text not null,
        toolkit_version text not null,
        status text not null,
        priority integer not null,
        revision integer not null,
        requested_by text not null,
        requested_name text not null,
        requested_token text,
        requested_token_id text,
        idempotency_key text,
        idempotent integer not null,
        timeout_ms bigint not null,
        created_at bigint not null,
        run_at bigint,
        started_at bigint,
        ended_at bigint,
        attempt integer not null,
        attempt_started_at bigint,
        fence integer not null,
        worker text,
        retry_of text,
        log_lines bigint not null,
        progress text,
        cancellation text,
        cancel_stage text,
        error_code text,
        error_message text
      )${clustered}`,
      'create index jobs_by_status on jobs (status, id)',
      'create index jobs_by_toolkit on jobs (toolkit, id)',
      'create index jobs_by_requester on jobs (requested_by, id)',
      `create index jobs_urgent on jobs (priority desc, id) where status = 'queued' and priority <> 0`,
      `create index jobs_due on jobs (run_at) where status = 'scheduled'`,
      'create index jobs_by_retry on jobs (retry_of) where retry_of is not null',
      `create unique index jobs_idempotency on jobs (requested_by, idempotency_key)
        where idempotency_key is not null`,
      `create table job_inputs (job_id text primary key, input text not null)${clustered}`,
      `create table job_results (job_id text primary key, result text not null)${clustered}`,
      `create table job_attempts (
        job_id text not null,
        attempt integer not null,
        fence integer not null,
        worker text not null,
        started_at bigint not null,
        ended_at bigint,
        outcome text not null,
        error_code text,
        error_message text,
        primary key (job_id, attempt)
      )${clustered}`,
      `create table job_logs (
        job_id text not null,
        seq bigint not null,
        at bigint not null,
        attempt integer not null,
        level integer not null,
        text text not null,
        primary key (job_id, seq)
      )${clustered}`,
      'create table job_claim_lock (taken bigint not null)',
      'insert into job_claim_lock (taken) values (0)',
      `create table workers (
        id text primary key,
        description text not null,
        started_at bigint not null,
        heartbeat_at bigint not null,
        lease_ms bigint not null
      )`,
    ]
  },
}
