import type {
  CoreJob,
  FetchRequest,
  FetchResponse,
  JobSubmission,
  StoredItem,
  StorePage,
} from './requests.ts'

/** What a handler is given. Everything it may reach outside its own process is here. */
export interface ToolkitContext {
  /** Lines of the job's log; of the toolkit's own log when the operation was called without a job. */
  readonly log: ToolkitLog
  /** Each field replaces what was reported before; absent ones stay. Reports of one moment are sent as one. */
  progress(update: ToolkitProgress): void
  /** Fires when the job is cancelled or its time is up. Return or throw soon after: the process is killed next. */
  readonly signal: AbortSignal
  /** The toolkit's settings, as they were when the operation began. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: {
    /** `reference` is `secret:<name>#<field>`; the manifest must list the name under `permissions.secrets`. */
    get(reference: string): Promise<string>
  }
  readonly store: ToolkitStore
  /**
   * One HTTP request to a `host:port` that the manifest lists under `permissions.network`. Rejects with a
   * `RequestError` when no answer came; any HTTP status is an answer.
   */
  fetch(url: string, options?: FetchOptions): Promise<FetchResponse>
  readonly jobs: {
    submit(submission: JobSubmission): Promise<CoreJob>
    get(jobId: string): Promise<CoreJob>
    cancel(jobId: string, reason?: string): Promise<CoreJob>
  }
  /** Runs an operation listed under `permissions.operations`, as the person who asked for this one. */
  call(operationId: string, input?: Readonly<Record<string, unknown>>): Promise<unknown>
  /** The variables that the manifest lists under `permissions.environment`; nothing else. */
  readonly environment: Readonly<Record<string, string>>
  /** Null when the operation was called without a job. */
  readonly job: { readonly id: string; readonly attempt: number } | null
}

export interface ToolkitLog {
  debug(text: string): void
  info(text: string): void
  warn(text: string): void
  error(text: string): void
  /** Resolves when every line logged so far is stored for good. */
  flush(): Promise<void>
}

export interface ToolkitProgress {
  /** 0 to 100. */
  readonly percent?: number
  readonly message?: string
  readonly done?: number
  readonly total?: number
  /** What `done` and `total` count, such as `probes`. */
  readonly unit?: string
  readonly steps?: readonly ToolkitStep[]
}

export interface ToolkitStep {
  readonly id: string
  readonly title: string
  readonly status: 'pending' | 'running' | 'succeeded' | 'failed' | 'skipped'
}

/** Durable JSON by key, shared by all versions of the toolkit and by no other toolkit. */
export interface ToolkitStore {
  get(key: string): Promise<StoredItem | null>
  /** With `ifVersion` (0: must not exist yet) rejects with code `conflict` when another write came first. */
  put(key: string, value: unknown, options?: { readonly ifVersion?: number }): Promise<{ version: number }>
  /** False when there was nothing. */
  delete(key: string, options?: { readonly ifVersion?: number }): Promise<boolean>
  /** By key, ascending. */
  list(options?: {
    readonly prefix?: string
    readonly limit?: number
    readonly cursor?: string
  }): Promise<StorePage>
}

export type FetchOptions = Partial<Omit<FetchRequest, 'url'>>
