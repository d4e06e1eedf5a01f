import type { FieldError } from '../kernel/errors.ts'

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
  readonly ended: Promise<HostEnd>
  /** Fires the handler's signal. Harmless when it has ended. */
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
