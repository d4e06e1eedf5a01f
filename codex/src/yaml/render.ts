import type { YamlScalar } from './node.ts'
import { standsPlain } from './plain-scalar.ts'

/** Values that an edit may write. */
export type Writable =
  | string
  | number
  | boolean
  | null
  | readonly Writable[]
  | { readonly [key: string]: Writable }

type Place = { inFlow: boolean; indent: number; newline: string }

/** A scalar's source, in the style the old one had where that can hold the new value. */
export function renderScalar(
  value: string | number | boolean | null,
  place: Place,
  style: YamlScalar['style'] = 'plain',
): string {
  if (typeof value !== 'string') return String(value)
  if (value.includes('\n') && !place.inFlow && standsAsBlock(value)) return renderBlock(value, place)
  if (style === 'single' && !/[\p{Cc}\u2028\u2029\ufeff]/u.test(value))
    return `'${value.replaceAll("'", "''")}'`
  return style !== 'double' && standsPlain(value, place.inFlow) ? value : JSON.stringify(value)
}

/** Any value on one line, for flow collections and list items. */
export function renderFlow(value: Writable): string {
  if (Array.isArray(value)) return `[${value.map(renderFlow).join(', ')}]`
  if (value !== null && typeof value === 'object') {
    const pairs = Object.entries(value).map(([key, each]) => `${key}: ${renderFlow(each)}`)
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`
  }
  return renderScalar(value as string | number | boolean | null, { inFlow: true, indent: 0, newline: '\n' })
}

/** `key: value` lines of a block map, the first without its indentation. */
export function renderPairs(entries: readonly (readonly [string, Writable])[], place: Place): string {
  return entries
    .map(([key, value]) => `${key}:${renderValue(value, place)}`)
    .join(place.newline + ' '.repeat(place.indent))
}

/** What follows a key's colon; `indent` is the key's. */
export function renderValue(value: Writable, place: Place): string {
  if (Array.isArray(value) && value.length > 0) {
    const lead = place.newline + ' '.repeat(place.indent + 2)
    return value.map((each) => `${lead}- ${renderFlow(each)}`).join('')
  }
  if (value !== null && typeof value === 'object') return ` ${renderFlow(value)}`
  return ` ${renderScalar(value as string | number | boolean | null, { ...place, indent: place.indent + 2 })}`
}

function standsAsBlock(value: string): boolean {
  const lines = value.split('\n')
  return (
    !/[^\P{Cc}\n]|[\u2028\u2029\ufeff]/u.test(value) &&
    !/^\s|\n\n$|^$/.test(value) &&
    lines.every((line) => line.trimEnd() === line)
  )
}

function renderBlock(value: string, place: Place): string {
  const clipped = value.endsWith('\n')
  const lines = (clipped ? value.slice(0, -1) : value).split('\n')
  const lead = ' '.repeat(place.indent)
  return [clipped ? '|' : '|-', ...lines.map((line) => (line === '' ? '' : lead + line))].join(place.newline)
}
