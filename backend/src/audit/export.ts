import type { AuditEntry } from '@sre-toolbox/contract/audit'
import { toEntry } from './entry.ts'
import type { AuditFilter, AuditStore, StoredEntry } from './ports.ts'
import { mostLookedAt, stretchOf } from './stretch.ts'

export type ExportFormat = 'csv' | 'jsonl'

const chunk = 500

/** All entries up to the present head, oldest first, in pieces of text. */
export async function* exportEntries(
  store: AuditStore,
  filter: AuditFilter,
  format: ExportFormat,
): AsyncGenerator<string, void, undefined> {
  const whole = await stretchOf(store, filter)
  if (format === 'csv') yield csvLine(columns.map(([title]) => title))
  for (let after = whole.after; after < whole.through; ) {
    const through = Math.min(whole.through, after + mostLookedAt)
    const rows = await store.read(filter, { after, through, order: 'oldest-first', limit: chunk })
    if (rows.length > 0) yield rows.map(format === 'csv' ? toCsv : toJsonLine).join('')
    after = rows.length < chunk ? through : (rows.at(-1) as StoredEntry).seq
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}

/** The body exactly as it was hashed, and its hash. */
function toJsonLine({ body, hash }: StoredEntry): string {
  return `${body.slice(0, -1)},"hash":"${hash}"}\n`
}

function toCsv(stored: StoredEntry): string {
  const entry = toEntry(stored)
  return csvLine(columns.map(([, read]) => read(entry)))
}

type Cell = string | number | null

const columns: readonly [title: string, read: (entry: AuditEntry) => Cell][] = [
  ['seq', (entry) => entry.seq],
  ['at', (entry) => entry.at],
  ['actorKind', (entry) => entry.actor.kind],
  ['actorId', (entry) => entry.actor.id],
  ['actorName', (entry) => entry.actor.name],
  ['token', (entry) => entry.actor.token],
  ['persona', (entry) => entry.actor.persona],
  ['operation', (entry) => entry.operation],
  ['effect', (entry) => entry.effect],
  ['outcome', (entry) => entry.outcome],
  ['code', (entry) => entry.code],
  ['jobId', (entry) => entry.jobId],
  ['address', (entry) => entry.address],
  ['requestId', (entry) => entry.requestId],
  ['detail', (entry) => entry.detail],
  ['input', (entry) => JSON.stringify(entry.input)],
  ['id', (entry) => entry.id],
  ['hash', (entry) => entry.hash],
]

function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

/** A spreadsheet would run a cell that begins like a formula; an apostrophe makes it text. */
function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const harmless = /^\s*[=+\-@]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
