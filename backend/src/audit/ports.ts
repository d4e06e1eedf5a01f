import type { AuditOutcome } from '../kernel/audit-trail.ts'

/** One end of a stretch of the chain: an entry's position and its hash. */
export interface Link {
  readonly seq: number
  readonly hash: string
}

/** An entry as it is kept: `body` is what the hash covers, the rest repeats parts of it for filters. */
export interface StoredEntry extends Link {
  /** Milliseconds. */
  readonly at: number
  readonly actorId: string | null
  readonly actorName: string
  readonly operation: string
  readonly outcome: string
  readonly jobId: string | null
  readonly body: string
}

export interface AuditFilter {
  /** User id or name. */
  readonly actor?: string | undefined
  /** An id, or a pattern such as `users.*`. */
  readonly operation?: string | undefined
  readonly outcome?: AuditOutcome | undefined
  readonly jobId?: string | undefined
  /** Milliseconds, inclusive. */
  readonly since?: number | undefined
  /** Milliseconds, inclusive. */
  readonly until?: number | undefined
  /** Text anywhere in the body, any case. */
  readonly q?: string | undefined
}

/** A window of the chain: later than `after`, up to and including `through`. */
export interface Window {
  readonly after: number
  readonly through: number
  readonly order: 'oldest-first' | 'newest-first'
  readonly limit: number
}

export interface AuditStore {
  /** Adds an entry, which `seal` makes when it is known what comes before it. Resolves when it is durable. */
  append(seal: (previous: Link) => StoredEntry): Promise<void>
  read(filter: AuditFilter, window: Window): Promise<StoredEntry[]>
  /** The first entry from `seq` on, with its time; null when there is none. */
  at(seq: number): Promise<{ seq: number; at: number } | null>
  /** `start` is the last entry that retention removed (0 when none was), `head` the newest entry. */
  ends(): Promise<{ start: Link; head: Link }>
  /** The last entry of the stretch in which all are older than `at`; null when there is none. */
  lastBefore(at: number): Promise<Link | null>
  /** Says that the chain begins after this entry from now on. */
  moveStart(start: Link): Promise<void>
  /** Removes at most `limit` entries before the start; answers how many there were. */
  removeBeforeStart(limit: number): Promise<number>
}
