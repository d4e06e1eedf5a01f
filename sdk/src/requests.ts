/**
 * What a toolkit host asks of the control plane, by method: `params` go out, `result` comes back. A refusal comes
 * back as a `RequestError`.
 */
export interface HostRequests {
  'secrets.get': { params: { reference: string }; result: { value: string } }
  'store.get': { params: { key: string }; result: { item: StoredItem | null } }
  'store.put': { params: { key: string; value: unknown; ifVersion?: number }; result: { version: number } }
  'store.delete': { params: { key: string; ifVersion?: number }; result: { deleted: boolean } }
  'store.list': { params: { prefix?: string; limit?: number; cursor?: string }; result: StorePage }
  fetch: { params: FetchRequest; result: FetchResponse }
  /** Any core or toolkit operation; `jobs.submit`, `jobs.get` and `jobs.cancel` come this way as well. */
  call: { params: { operation: string; input: Readonly<Record<string, unknown>> }; result: unknown }
}

export type HostMethod = keyof HostRequests

export interface StoredItem {
  readonly key: string
  readonly value: unknown
  readonly version: number
}

export interface StorePage {
  readonly items: readonly StoredItem[]
  readonly nextCursor: string | null
}

/** The context fills in what the author leaves out. */
export interface FetchRequest {
  readonly url: string
  /** `GET` when left out. */
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  /** For the whole exchange, redirects included; 30,000 when left out. */
  readonly timeoutMs: number
  /** The body is cut here and `truncated` set; 1 MiB when left out. */
  readonly maxBodyBytes: number
  /** 0 returns a redirect as it is; 5 when left out. */
  readonly maxRedirects: number
  /** A connection of its own, so that name look-up, connect and TLS are measured; false when left out. */
  readonly freshConnection: boolean
}

export interface FetchResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly truncated: boolean
  /** Of the body as given, after decompression. */
  readonly bodyBytes: number
  /** Of the last request, after redirects. */
  readonly url: string
  readonly remoteAddress: string | null
  readonly timings: FetchTimings
}

/** Milliseconds; null for a phase that did not take place, as on a connection used before. */
export interface FetchTimings {
  readonly dns: number | null
  readonly connect: number | null
  readonly tls: number | null
  /** From the request sent to the first byte of the answer. */
  readonly firstByte: number
  readonly download: number
  /** From start to end, redirects included. */
  readonly total: number
}

export interface JobSubmission {
  readonly toolkit: string
  readonly operation: string
  readonly input?: Readonly<Record<string, unknown>>
  readonly priority?: number
  /** ISO 8601; not before this time. */
  readonly runAt?: string
  readonly idempotencyKey?: string
}

/** A job as the core operations show it; more fields than these may be present. */
export interface CoreJob {
  readonly id: string
  readonly toolkit: string
  readonly operation: string
  readonly status: string
  readonly error: { readonly code: string; readonly message: string } | null
  /** Present in `jobs.get`. */
  readonly result?: unknown
}
