import { toInstant } from '../kernel/clock.ts'
import { chainHash } from './entry.ts'
import type { AuditStore, Link, StoredEntry } from './ports.ts'

export interface Fault {
  readonly seq: number
  readonly kind: 'edited' | 'missing' | 'reordered' | 'truncated'
  readonly message: string
}

export interface Verdict {
  readonly intact: boolean
  /** How many were checked. */
  readonly entries: number
  readonly head: Link | null
  /** At most the first hundred. */
  readonly faults: Fault[]
}

export const retentionOperation = 'audit.prune'
const chunk = 500
const mostFaults = 100

/** Walks the whole chain in chunks, letting other work through between them. */
export async function verifyChain(store: AuditStore, exported: Link | null): Promise<Verdict> {
  for (;;) {
    const ends = await store.ends()
    const verdict = await walk(store, ends, exported)
    // Entries that retention removed on the way are no fault.
    if (verdict.intact || (await store.ends()).start.seq === ends.start.seq) return verdict
  }
}

async function walk(
  store: AuditStore,
  { start, head }: { start: Link; head: Link },
  exported: Link | null,
): Promise<Verdict> {
  const check = createCheck(start, exported)
  for (let after = start.seq; after < head.seq; ) {
    const rows = await store.read({}, { after, through: head.seq, order: 'oldest-first', limit: chunk })
    for (const row of rows) check.next(row)
    if (rows.length < chunk) break
    after = (rows.at(-1) as StoredEntry).seq
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  const { entries, faults } = check.end(head)
  return {
    intact: faults.length === 0,
    entries,
    head: head.seq === 0 ? null : head,
    faults: faults.slice(0, mostFaults),
  }
}

function createCheck(start: Link, exported: Link | null) {
  const faults: Fault[] = []
  let entries = 0
  let lastSeq = start.seq
  /** Hashes the next entry may build on: two after an edit, of which one is right; none when it can't be known. */
  let foundations: readonly string[] | null = [start.hash]
  let lastHash = start.hash
  let startExplained = start.seq === 0

  function report(seq: number, kind: Fault['kind'], message: string): void {
    if (faults.length <= mostFaults) faults.push({ seq, kind, message })
  }

  return {
    next(row: StoredEntry): void {
      entries++
      if (row.seq !== lastSeq + 1) {
        const last = row.seq - 1
        const gone = last === lastSeq + 1 ? `Entry ${last} is` : `Entries ${lastSeq + 1} to ${last} are`
        report(lastSeq + 1, 'missing', `${gone} missing.`)
        foundations = null
      }
      const body = parseBody(row.body)
      if (body && body.seq !== row.seq) {
        report(row.seq, 'reordered', `Entry ${row.seq} was written as entry ${body.seq}.`)
        foundations = null
      } else {
        const linked: boolean =
          foundations === null || foundations.some((hash) => chainHash(hash, row.body) === row.hash)
        const matches = body !== null && columnsMatch(row, body)
        if (!linked || !matches) {
          report(row.seq, 'edited', `Entry ${row.seq}, or its link to the one before, was changed.`)
        }
        foundations = linked ? [row.hash] : [row.hash, chainHash(lastHash, row.body)]
      }
      if (exported?.seq === row.seq && exported.hash !== row.hash) {
        report(row.seq, 'edited', `Entry ${row.seq} is not the one that was exported.`)
      }
      startExplained ||= body !== null && explains(body, start)
      lastSeq = row.seq
      lastHash = row.hash
    },

    end(head: Link): { entries: number; faults: Fault[] } {
      const expected = Math.max(head.seq, exported?.seq ?? 0)
      if (lastSeq < expected) {
        report(lastSeq + 1, 'truncated', `The log ends at entry ${lastSeq}; it reached ${expected} before.`)
      } else if (lastHash !== head.hash) {
        report(lastSeq, 'edited', `Entry ${lastSeq} is not the one that was written last.`)
      }
      if (exported?.seq === start.seq && exported.hash !== start.hash) {
        report(start.seq, 'edited', `Entry ${start.seq} is not the one that was exported.`)
      }
      if (!startExplained) {
        report(
          1,
          'missing',
          `Entries 1 to ${start.seq} are gone, and no entry says that retention removed them.`,
        )
      }
      return { entries, faults }
    },
  }
}

interface Body {
  readonly seq: unknown
  readonly at: unknown
  readonly actor: { readonly id: unknown; readonly kind: unknown; readonly name: unknown }
  readonly operation: unknown
  readonly outcome: unknown
  readonly jobId: unknown
  readonly input: { readonly throughSeq?: unknown; readonly hash?: unknown } | null
}

function parseBody(text: string): Body | null {
  try {
    const body = JSON.parse(text) as Body | null
    return typeof body?.actor === 'object' && body.actor !== null ? body : null
  } catch {
    return null
  }
}

function columnsMatch(row: StoredEntry, body: Body): boolean {
  return (
    body.at === toInstant(row.at) &&
    body.actor.id === row.actorId &&
    body.actor.name === row.actorName &&
    body.operation === row.operation &&
    body.outcome === row.outcome &&
    body.jobId === row.jobId
  )
}

/** True for the entry with which retention announced that the chain begins here. */
function explains(body: Body, start: Link): boolean {
  return (
    body.operation === retentionOperation &&
    body.actor.kind === 'system' &&
    body.input?.throughSeq === start.seq &&
    body.input.hash === start.hash
  )
}
