import type { JobSummary } from '@sre-toolbox/contract/jobs'
import type { Executor } from '../jobs/index.ts'
import type { FieldError } from '../kernel/errors.ts'
import type { RunContext } from '../kernel/operation.ts'

/** The code of one toolkit version, unpacked and ready to be loaded by a host. */
export interface HostedCode {
  readonly slug: string
  readonly version: string
  /** SHA-256 of the bundle's content, hexadecimal. */
  readonly digest: string
  /** Absolute; all that the host may read of the toolkit. */
  readonly directory: string
  /** The server's entry, relative to the directory. */
  readonly entry: string
}

/** Runs toolkit code in processes of its own. */
export interface ToolkitHosts {
  /** Loads the code and answers which operations it defines. Rejects with the cause, verbatim. */
  load(code: HostedCode): Promise<{ operations: readonly string[] }>
  start(code: HostedCode, call: HostCall, services: HostServices): HostRun
  /** Lets running calls finish, takes no new ones, then stops the toolkit's processes. */
  retire(slug: string, digest: string): Promise<void>
  list(): readonly HostInfo[]
  close(): Promise<void>
}

export interface HostCall {
  readonly operation: string
  readonly input: unknown
  readonly settings: Readonly<Record<string, unknown>>
  /** Present when the operation runs as a job. */
  readonly job: { readonly id: string; readonly attempt: number } | null
  /**
   * True for what must not be repeated: it gets a process of its own, so that killing another never interrupts it.
   */
  readonly exclusive: boolean
}

/** What a running operation may ask of the control plane. */
export interface HostServices {
  /** The host holds back further lines until this resolves. */
  log(lines: readonly HostLogLine[]): Promise<void>
  progress(update: HostProgress): void
  /** `secrets.get`, `store.get`, `fetch`, … A rejection reaches the toolkit as an error with the same message. */
  request(method: string, params: unknown, signal: AbortSignal): Promise<unknown>
}

export interface HostLogLine {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly text: string
}

/** Each field replaces what was reported before; absent ones stay. */
export interface HostProgress {
  readonly percent?: number
  readonly message?: string
  readonly done?: number
  readonly total?: number
  readonly unit?: string
  readonly steps?: readonly {
    id: string
    title: string
    status: 'pending' | 'running' | 'succeeded' | 'failed' | 'skipped'
  }[]
}

export interface HostRun {
  /** True when a process has taken it up, which it may have to wait for; false when it ended without. */
  readonly began: Promise<boolean>
  readonly ended: Promise<HostEnd>
  /** Fires the handler's signal, or ends what has not begun. Harmless when it has ended. */
  abort(reason: string): void
  /** Kills the process group the handler runs in and resolves when its death is verified. */
  kill(): Promise<void>
}

export type HostEnd =
  | { readonly kind: 'succeeded'; readonly output: unknown }
  | {
      readonly kind: 'failed'
      readonly code: string
      readonly message: string
      readonly errors?: readonly FieldError[]
    }
  /** The process went away under the handler: crash, out of memory, killed, hung. */
  | { readonly kind: 'exited'; readonly message: string }

export interface HostInfo {
  readonly slug: string
  readonly version: string
  readonly digest: string
  readonly pid: number
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly residentBytes: number | null
  readonly running: number
  /** Unplanned exits of this toolkit version since the control plane started. */
  readonly restarts: number
  readonly lastExit: string | null
}

/** Makes HTTP requests for toolkits, outside the control plane's own event loop. */
export interface Egress {
  request(request: EgressRequest, signal: AbortSignal): Promise<EgressResponse>
  close(): Promise<void>
}

export interface EgressRequest {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly timeoutMs: number
  /** The body is cut here, and the response says so. */
  readonly maxBodyBytes: number
  /** `host:port` patterns the toolkit declared: `*` stands for any host, any port, or both. Checked again on each redirect. */
  readonly allowed: readonly string[]
  /** 0 returns a redirect as it is. */
  readonly maxRedirects: number
  /** A connection of its own, so that name look-up, connect and TLS are measured. */
  readonly freshConnection: boolean
}

export interface EgressResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly truncated: boolean
  readonly bodyBytes: number
  readonly url: string
  readonly remoteAddress: string | null
  /** Milliseconds; null for a phase that did not take place. */
  readonly timings: {
    readonly dns: number | null
    readonly connect: number | null
    readonly tls: number | null
    /** From the request sent to the first byte of the answer. */
    readonly firstByte: number
    readonly download: number
    readonly total: number
  }
}

/** Copies a bundle to where hosts may read it. The same content always gives the same digest and directory. */
export type PlaceCode = (slug: string, source: string) => Promise<Pick<HostedCode, 'digest' | 'directory'>>

/** The latest word on whether a toolkit is enabled. */
export interface StoredSwitch {
  readonly slug: string
  readonly enabled: boolean
  /** A user's name; null where it was not kept yet. */
  readonly by: string | null
  readonly justification: string | null
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** The toolkits' own rows. */
export interface ToolkitStore {
  /** Of every toolkit that was ever enabled or disabled. */
  states(): Promise<readonly StoredSwitch[]>
  setEnabled(next: StoredSwitch): Promise<void>
  /** Newest first. */
  versions(slug: string): Promise<readonly ToolkitVersion[]>
  /** Does nothing when the digest is known. */
  addVersion(slug: string, version: ToolkitVersion): Promise<void>
  settings(): Promise<readonly StoredSettings[]>
  /** Stores `settings` as version `settings.version`; false when that is not one more than what is stored. */
  putSettings(settings: StoredSettings, at: number): Promise<boolean>
  health(): Promise<readonly StoredHealth[]>
  putHealth(health: StoredHealth): Promise<void>
}

export interface ToolkitVersion {
  readonly version: string
  readonly digest: string
  /** Milliseconds since the epoch. */
  readonly addedAt: number
}

export interface StoredSettings {
  readonly slug: string
  /** Counts up from 1. */
  readonly version: number
  readonly settings: Readonly<Record<string, unknown>>
}

export interface StoredHealth {
  readonly slug: string
  readonly status: 'healthy' | 'degraded' | 'unhealthy' | 'unknown'
  readonly message: string | null
  /** Milliseconds since the epoch. */
  readonly checkedAt: number
}

/** Durable JSON by key, apart for each toolkit. */
export interface ToolkitValues {
  get(slug: string, key: string): Promise<ToolkitValue | null>
  put(slug: string, put: PutValue): Promise<PutAnswer>
  /** `missing` when there is nothing, `conflict` when `ifVersion` is not the version stored. */
  delete(slug: string, key: string, ifVersion: number | null): Promise<'deleted' | 'missing' | 'conflict'>
  /** By key in code point order, after the key `after`, at most `limit`. */
  list(slug: string, page: { prefix: string; after: string | null; limit: number }): Promise<ToolkitValue[]>
}

export interface ToolkitValue {
  readonly key: string
  /** JSON text. */
  readonly value: string
  readonly version: number
}

export interface PutValue {
  readonly key: string
  /** JSON text. */
  readonly value: string
  /** Null writes in any case; 0 only where there is nothing yet. */
  readonly ifVersion: number | null
  /** A new key is refused when the toolkit holds so many; puts of the same moment may each take the last place. */
  readonly maxKeys: number
  /** Milliseconds since the epoch. */
  readonly at: number
}

export type PutAnswer =
  | { readonly kind: 'stored'; readonly version: number }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'full' }

export interface SecretReader {
  /** The value of one field; rejects with `not_found` when there is no such secret or field. */
  read(name: string, field: string): Promise<string>
}

/** Queues an operation as a job; given by the jobs. */
export type SubmitJob = (job: NewToolkitJob, context: RunContext) => Promise<{ job: JobSummary }>

export interface NewToolkitJob {
  readonly toolkit: string
  readonly operation: string
  readonly version: string
  readonly input: unknown
  readonly idempotent: boolean
  readonly timeoutMs: number
}

/** Runs an operation as whoever asked for a job, with what that person may do now. */
export type RunAs = (
  requester: Parameters<Executor['start']>[0]['requestedBy'],
  operationId: string,
  input: unknown,
  request: { readonly requestId: string; readonly signal: AbortSignal },
) => Promise<unknown>
