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
      const { start, head } = await store.ends()
      const through = cursor === undefined ? head.seq : parseCursor(cursor) - 1
      const rows = await store.read(filter, {
        after: start.seq,
        through,
        order: 'newest-first',
        limit: limit + 1,
      })
      const items = rows.slice(0, limit).map(toEntry)
      return { items, nextCursor: rows.length > limit ? String(items.at(-1)?.seq) : null }
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

function parseCursor(cursor: string): number {
  if (/^[1-9]\d{0,14}$/.test(cursor)) return Number(cursor)
  throw validationFailed([
    { path: 'cursor', message: 'not a cursor of this list; pass nextCursor of the page before unchanged' },
  ])
}
