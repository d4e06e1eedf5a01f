import type { LoadFailure } from '@sre-toolbox/contract/diagnostics'

/** What diagnostics needs to hear from the other parts. A probe that throws or hangs makes its part unhealthy. */
export interface DiagnosticProbes {
  /** Null when writes are durable; otherwise what is wrong. */
  databaseFault(): Promise<string | null>
  queue(): Promise<QueueView>
  workers(): Promise<readonly WorkerView[]>
  hosts(): readonly HostView[]
}

export interface QueueView {
  readonly engine: string
  readonly queued: number
  readonly running: number
  /** Milliseconds since the epoch; null when nothing waits. */
  readonly oldestQueuedAt: number | null
}

export interface WorkerView {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly heartbeatAt: number
  readonly leaseMs: number
}

export interface HostView {
  readonly slug: string
  readonly version: string
  readonly pid: number
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly residentBytes: number | null
  readonly running: number
  readonly restarts: number
  readonly lastExit: string | null
}

/** Where the user interfaces of toolkits are. */
export interface ToolkitUis {
  /** Throws `not_found` for a toolkit that is not there. */
  get(slug: string): {
    readonly version: string
    /** Built where the toolkit came from; null when it has none. */
    readonly local: UiPlace | null
    /** What browsers are given; null when it has none. */
    readonly remote: UiPlace | null
  }
}

export interface UiPlace {
  /** As people are told: a path. */
  readonly name: string
  /** The entry's content; rejects with a `ToolboxError` that says why there is none. */
  read(): Promise<Buffer>
}

export interface LoadFailureStore {
  /** Keeps it, or counts it when its fingerprint is known; answers what is kept then. */
  add(failure: StoredLoadFailure): Promise<StoredLoadFailure>
  /** Lets go of all but so many that were seen last; those of the same moment stay together. */
  trim(kept: number): Promise<void>
  /** The one seen last comes first. */
  page(page: {
    toolkit: string | null
    before: { readonly lastSeenAt: number; readonly id: string } | null
    limit: number
  }): Promise<StoredLoadFailure[]>
}

export interface StoredLoadFailure {
  readonly id: string
  /** The same for the same cause. */
  readonly fingerprint: string
  readonly toolkit: string
  readonly version: string
  readonly specifier: LoadFailure['specifier']
  readonly stage: LoadFailure['stage']
  readonly url: string
  readonly cause: string
  readonly count: number
  /** Milliseconds since the epoch. */
  readonly firstSeenAt: number
  readonly lastSeenAt: number
  readonly lastSeenBy: string
  readonly browser: string
}
