import { renderTable } from './table.ts'
import { padEnd, printable } from './text.ts'
import type { View } from './view.ts'

/** Any answer of the API as people read it: a table where there are rows, otherwise an indented tree. */
export function renderValue(value: unknown, view: View): string {
  if (isRecord(value)) return renderRecord(value, view)
  if (Array.isArray(value)) return renderList(value, view)
  return renderScalar(value, view)
}

function renderRecord(record: Readonly<Record<string, unknown>>, view: View): string {
  const entries = Object.entries(record)
  if (entries.length === 0) return view.style('dim', 'nothing')
  const width = Math.max(...entries.filter(([, value]) => isFlat(value)).map(([name]) => name.length), 0)
  return entries
    .map(([name, value]) => {
      const label = printable(name)
      if (!isFlat(value)) return `${view.style('dim', label)}\n${indent(renderValue(value, view))}`
      const text = renderFlat(value, view)
      const head = view.style('dim', padEnd(label, width))
      return text.includes('\n') ? `${view.style('dim', label)}\n${indent(text)}` : `${head}  ${text}`
    })
    .join('\n')
}

function renderList(list: readonly unknown[], view: View): string {
  if (list.length === 0) return view.style('dim', 'none')
  const rows = list.filter(isRecord)
  const names = [...new Set(rows.flatMap(Object.keys))]
  if (rows.length === list.length && rows.every((row) => Object.values(row).every(isShort))) {
    const columns = names.map((name) => ({
      title: name,
      cell: (row: Readonly<Record<string, unknown>>) => (name in row ? renderFlat(row[name], view) : ''),
    }))
    return renderTable(rows, columns, view)
  }
  return list.map((item) => `- ${indent(renderValue(item, view)).trimStart()}`).join('\n')
}

function renderFlat(value: unknown, view: View): string {
  if (isRecord(value)) return 'nothing'
  if (!Array.isArray(value)) return renderScalar(value, view)
  return value.length === 0 ? 'none' : value.map((item) => renderScalar(item, view)).join(', ')
}

function renderScalar(value: unknown, view: View): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'string') return isInstant(value) ? view.time(value) : printable(value)
  // More digits than these are noise of the arithmetic; --json has them all.
  return typeof value === 'number' ? String(Number(value.toPrecision(10))) : String(value)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text)
}

function isFlat(value: unknown): boolean {
  return isRecord(value) ? Object.keys(value).length === 0 : !Array.isArray(value) || value.every(isAtom)
}

/** Fits into a table's cell. */
function isShort(value: unknown): boolean {
  if (Array.isArray(value)) return value.length <= 3 && value.every(isAtom)
  return isAtom(value) && !(typeof value === 'string' && (value.length > 80 || value.includes('\n')))
}

function isAtom(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}
