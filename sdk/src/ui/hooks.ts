/** The toolkit whose page this is. */
export interface ToolkitInfo {
  readonly slug: string
  readonly name: string
  readonly version: string
  /** Where its pages begin: `/toolkits/<slug>`. Links to its own pages start with it. */
  readonly basePath: string
}

/** Who looks at the page; all it calls runs as this person. */
export interface ToolkitUser {
  readonly username: string
  readonly displayName: string
  readonly roles: readonly string[]
  readonly superuser: boolean
}

export type OperationInput = Readonly<Record<string, unknown>>

export interface Reading<Output> {
  /** The latest answer; stays while a newer one is on its way. */
  readonly data: Output | undefined
  readonly error: Error | null
  /** No answer is here yet. */
  readonly pending: boolean
  /** An answer is on its way, the first or another. */
  readonly fetching: boolean
  refetch(): void
}

export interface ReadingOptions {
  /** False asks nothing for now. */
  readonly enabled?: boolean
  /** Asks again at this pace while the page is seen. */
  readonly everySeconds?: number
}

export interface Calling<Output> {
  /** Rejects with what the server said; `error` holds it, too. */
  call(input?: OperationInput): Promise<Output>
  readonly data: Output | undefined
  readonly error: Error | null
  readonly busy: boolean
}

export interface Submitting {
  /** Resolves when the job is queued for good. Submitting the same again after a failure makes no second job. */
  submit(input?: OperationInput): Promise<ToolkitJob>
  /** The job of the latest submit, followed live. */
  readonly job: ToolkitJob | null
  readonly error: Error | null
  readonly busy: boolean
}

export type ToolkitJobStatus =
  | 'scheduled'
  | 'waiting_approval'
  | 'queued'
  | 'running'
  | 'cancelling'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'lost'

export interface ToolkitJob {
  readonly id: string
  readonly operation: string
  readonly status: ToolkitJobStatus
  readonly createdAt: string
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly progress: {
    readonly percent: number | null
    readonly message: string | null
    readonly done: number | null
    readonly total: number | null
    readonly unit: string | null
  } | null
  readonly error: { readonly code: string; readonly message: string } | null
  /** What the operation returned; undefined in lists and until it has succeeded. */
  readonly result?: unknown
}

export interface JobLogLine {
  readonly seq: number
  readonly at: string
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly text: string
}

export interface FollowedJob {
  readonly job: ToolkitJob | null
  /** The last 500 lines. */
  readonly log: readonly JobLogLine[]
  readonly error: Error | null
}

export interface JobFilter {
  readonly operation?: string
  readonly status?: ToolkitJobStatus
  /** At most 100; 20 when not given. */
  readonly limit?: number
}

/** All of them speak of the toolkit whose page calls them; `operation` is an id of its manifest, such as `probe`. */
export interface ToolkitHooks {
  useToolkit(): ToolkitInfo
  useUser(): ToolkitUser
  /** Whether the person holds the role; the server decides all the same. */
  useMay(role: 'toolkit.user' | 'toolkit.curator' | 'system.admin'): boolean
  /** Asks an operation of mode `call` that only reads. The same question of several components is asked once. */
  useOperation<Output>(operation: string, input?: OperationInput, options?: ReadingOptions): Reading<Output>
  /** For an operation of mode `call` that is to run when the person says so. */
  useCall<Output>(operation: string): Calling<Output>
  /** For an operation of mode `job`. */
  useSubmit(operation: string): Submitting
  /** Follows a job live until it has ended; null follows none. */
  useJob(jobId: string | null): FollowedJob
  /** The toolkit's latest jobs, kept up to date. */
  useJobs(filter?: JobFilter): Reading<readonly ToolkitJob[]>
}
