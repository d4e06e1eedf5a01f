/** The rows as both dialects hold them: booleans are 0 or 1, times are milliseconds, JSON is text. */
export interface Tables {
  jobs: {
    id: string
    toolkit: string
    operation: string
    toolkit_version: string
    status: string
    priority: number
    revision: number
    requested_by: string
    requested_name: string
    requested_token: string | null
    requested_token_id: string | null
    idempotency_key: string | null
    idempotent: number
    timeout_ms: number
    created_at: number
    run_at: number | null
    started_at: number | null
    ended_at: number | null
    attempt: number
    attempt_started_at: number | null
    fence: number
    worker: string | null
    retry_of: string | null
    schedule_id: string | null
    log_lines: number
    progress: string | null
    cancellation: string | null
    cancel_stage: string | null
    error_code: string | null
    error_message: string | null
  }
  job_inputs: { job_id: string; input: string }
  job_results: { job_id: string; result: string }
  job_attempts: {
    job_id: string
    attempt: number
    fence: number
    worker: string
    started_at: number
    ended_at: number | null
    outcome: string
    error_code: string | null
    error_message: string | null
  }
  job_logs: { job_id: string; seq: number; at: number; attempt: number; level: number; text: string }
  job_tallies: {
    span: number
    slot: number
    toolkit: string
    operation: string
    status: string
    bucket: number
    shard: number
    jobs: number
  }
  queue_samples: { at: number; queued: number; running: number; oldest_ms: number }
  workers: { id: string; description: string; started_at: number; heartbeat_at: number; lease_ms: number }
  toolkits: {
    slug: string
    enabled: number
    changed_at: number
    changed_by: string | null
    justification: string | null
  }
  toolkit_versions: { slug: string; digest: string; version: string; added_at: number }
  toolkit_settings: { slug: string; version: number; settings: string; changed_at: number }
  toolkit_store: { slug: string; key: string; value: string; version: number; changed_at: number }
  toolkit_health: { slug: string; status: string; message: string | null; checked_at: number }
  users: {
    id: string
    username: string
    display_name: string
    email: string | null
    provider: string
    password_hash: string | null
    roles: string
    superuser: number
    disabled: number
    password_given: number
    created_at: number
    last_login_at: number | null
  }
  sessions: {
    id: string
    secret_hash: string
    user_id: string
    created_at: number
    last_seen_at: number
    expires_at: number
    address: string
    user_agent: string
  }
  tokens: {
    id: string
    secret_hash: string
    user_id: string
    name: string
    prefix: string
    operations: string | null
    persona: string | null
    created_at: number
    expires_at: number | null
    last_used_at: number | null
    revoked_at: number | null
  }
  login_failures: { subject: string; failures: number; locked_until: number; last_at: number }
  audit_entries: {
    seq: number
    at: number
    actor_id: string | null
    actor_name: string
    operation: string
    outcome: string
    job_id: string | null
    body: string
    hash: string
  }
  audit_head: { id: number; seq: number; hash: string; start_seq: number; start_hash: string }
  saved_views: {
    id: string
    user_id: string
    list: string
    name: string
    query: string
    changed_at: number
  }
  schedules: {
    id: string
    name: string
    toolkit: string
    operation: string
    input: string
    timing: string
    anchor_at: number
    overlap: string
    missed: string
    priority: number
    runs_as: string
    runs_as_name: string
    runs_as_token: string | null
    runs_as_token_id: string | null
    paused: string | null
    next_run_at: number | null
    claimed_until: number | null
    last_job_id: string | null
    last_due_at: number | null
    missed_due_at: number | null
    missed_kind: string | null
    missed_reason: string | null
    created_at: number
    updated_at: number
    version: number
  }
  codex_runs: {
    id: string
    task: string
    title: string
    workspace_id: string | null
    requested_by: string
    requested_name: string
    confirmed: string
    created_at: number
    attempt: number
    outcome: string
    report: string
    answers: string
    task_digest: string
    journalled: number
    journal_refusal: string | null
  }
  codex_run_answers: {
    run_id: string
    step: string
    question: string
    answer: string
    answered_by: string
    comment: string | null
    answered_at: number
  }
  codex_workspaces: {
    id: string
    name: string
    directory: string
    added_by: string | null
    added_by_name: string
    added_at: number
  }
  load_failures: {
    id: string
    fingerprint: string
    toolkit: string
    version: string
    specifier: string
    stage: string
    url: string
    cause: string
    count: number
    first_seen_at: number
    last_seen_at: number
    last_seen_by: string
    browser: string
  }
  secrets: { name: string; version: number; fields: string; sealed: string; updated_at: number }
}
