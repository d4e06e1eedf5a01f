import type { AuditEntry } from '@sre-toolbox/contract/audit'
import type { AuditTrail } from '../kernel/audit-trail.ts'
import { systemCaller } from '../kernel/caller.ts'
import type { Clock } from '../kernel/clock.ts'
import { ToolboxError, toToolboxError } from '../kernel/errors.ts'
import type { Ids } from '../kernel/ids.ts'
import { validationFailed } from '../kernel/operation.ts'
import { sealer, toEntry } from './entry.ts'
import { type ExportFormat, exportEntries } from './export.ts'
import type { AuditFilter, AuditStore, Link } from './ports.ts'
import { isSearch, mostLookedAt, stretchOf } from './stretch.ts'
import { retentionOperation, type Verdict, verifyChain } from './verify.ts'

export interface AuditDeps {
  readonly store: AuditStore
  readonly clock: Clock
  readonly ids: Ids
  /** Null keeps entries for ever. */
  readonly retentionDays: number | null
}

export interface Audit extends AuditTrail {
  /** Newest first. */
  list(filter: AuditFilter, page: { cursor?: string | undefined; limit: number }): Promise<AuditPage>
  /** Throws `not_found`. */
  get(seq: number): Promise<{ entry: AuditEntry; previous: Link | null; next: Link | null }>
  /** All that match, oldest first, as pieces of one text. */
  exportEntries(filter: AuditFilter, format: ExportFormat): AsyncIterable<string>
  /** Checks the whole chain; with the head of an earlier export, also that it still contains that. */
  verify(exportedHead: Link | null): Promise<Verdict>
  /** Removes what is older than the retention; answers how many entries. To be called about once a day. */
  prune(): Promise<number>
}

export interface AuditPage {
  readonly items: AuditEntry[]
  readonly nextCursor: string | null
}

const dayMs = 86_400_000
const removedAtOnce = 500

export function createAudit({ store, clock, ids, retentionDays }: AuditDeps): Audit {
  async function record(entry: Parameters<AuditTrail['record']>[0]): Promise<void> {
    try {
      await store.append(sealer(entry, { id: ids(), at: clock.now() }))
    } catch (thrown) {
      const { code, message } = toToolboxError(thrown)
      const cause = code === 'unavailable' ? ` ${message}` : ''
      throw new ToolboxError(
        'unavailable',
        `The audit log can't be written, and without it nothing is changed.${cause} Look at /readyz and the server's log.`,
        {},
        thrown,
      )
    }
  }

  return {
    record,

    async list(filter, { cursor, limit }) {
      const whole = await stretchOf(store, filter)
      const through = cursor === undefined ? whole.through : Math.min(whole.through, parseCursor(cursor) - 1)
      const after = isSearch(filter) ? Math.max(whole.after, through - mostLookedAt) : whole.after
      const rows = await store.read(filter, { after, through, order: 'newest-first', limit: limit + 1 })
      const items = rows.slice(0, limit).map(toEntry)
      const next = rows.length > limit ? items.at(-1)?.seq : after > whole.after ? after + 1 : undefined
      return { items, nextCursor: next === undefined ? null : String(next) }
    },

    async get(seq) {
      const around = {
        after: Math.max(0, seq - 2),
        through: seq + 1,
        order: 'oldest-first',
        limit: 3,
      } as const
      const rows = await store.read({}, around)
      const row = rows.find((row) => row.seq === seq)
      if (!row) throw new ToolboxError('not_found', await whyMissing(store, seq))
      const linkTo = (wanted: number) => {
        const found = rows.find((row) => row.seq === wanted)
        return found ? { seq: found.seq, hash: found.hash } : null
      }
      return { entry: toEntry(row), previous: linkTo(seq - 1), next: linkTo(seq + 1) }
    },

    exportEntries: (filter, format) => exportEntries(store, filter, format),

    async verify(exportedHead) {
      const { start } = await store.ends()
      if (exportedHead && exportedHead.seq < start.seq) {
        throw validationFailed([
          {
            path: 'headSeq',
            message: `retention has removed all entries up to ${start.seq}; give the head of a later export`,
          },
        ])
      }
      return verifyChain(store, exportedHead)
    },

    async prune() {
      if (retentionDays === null) return 0
      const last = await store.lastBefore(clock.now() - retentionDays * dayMs)
      if (last) {
        // The entry comes first: it proves to `verify` that the beginning was removed and not stolen.
        await record({
          caller: systemCaller('retention'),
          operation: retentionOperation,
          effect: 'destructive',
          outcome: 'succeeded',
          code: null,
          input: { throughSeq: last.seq, hash: last.hash },
          detail: `Entries up to ${last.seq} are older than ${retentionDays} days and were removed.`,
          jobId: null,
          requestId: null,
        })
        await store.moveStart(last)
      }
      let removed = 0
      for (;;) {
        const count = await store.removeBeforeStart(removedAtOnce)
        removed += count
        if (count < removedAtOnce) return removed
      }
    },
  }
}

async function whyMissing(store: AuditStore, seq: number): Promise<string> {
  const { start, head } = await store.ends()
  if (seq > head.seq) return `There is no audit entry ${seq}; the newest is ${head.seq}.`
  if (seq <= start.seq) return `Audit entry ${seq} is gone: retention has removed all up to ${start.seq}.`
  return `Audit entry ${seq} is missing, and retention did not remove it. Run audit.verify.`
}

function parseCursor(cursor: string): number {
  if (/^[1-9]\d{0,14}$/.test(cursor)) return Number(cursor)
  throw validationFailed([
    { path: 'cursor', message: 'not a cursor of this list; pass nextCursor of the page before unchanged' },
  ])
}
