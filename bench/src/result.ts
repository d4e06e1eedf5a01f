/** What must hold for the ratio, or for our own number where there is no peer. */
export interface Target {
  text: string
  isMet(value: number): boolean
}

export interface Row {
  what: string
  unit: string
  peer: number | null
  ours: number
  /** ours ÷ peer */
  ratio: number | null
  /** null: shown for information. */
  target: string | null
  met: boolean | null
}

export interface Result {
  name: string
  title: string
  rows: Row[]
  /** How the numbers came to be: variants tried, which one counts, sizes, rounds. */
  notes: string[]
}

export const atLeast = (limit: number): Target => ({ text: `≥ ${limit} ×`, isMet: (ratio) => ratio >= limit })

export const atMost = (limit: number): Target => ({ text: `≤ ${limit} ×`, isMet: (ratio) => ratio <= limit })

export const atMostAbsolute = (limit: number, unit: string): Target => ({
  text: `≤ ${limit} ${unit}`,
  isMet: (value) => value <= limit,
})

/** A row that compares our number with the peer's. */
export function compared(what: string, unit: string, peer: number, ours: number, target?: Target): Row {
  const ratio = ours / peer
  return { what, unit, peer, ours, ratio, target: target?.text ?? null, met: target?.isMet(ratio) ?? null }
}

/** A row with a number of our own and no peer. */
export const absolute = (what: string, unit: string, ours: number, target?: Target): Row => ({
  what,
  unit,
  peer: null,
  ours,
  ratio: null,
  target: target?.text ?? null,
  met: target?.isMet(ours) ?? null,
})

const verdict = (met: boolean | null): string => (met === null ? '–' : met ? 'met' : 'MISSED')

function amount(value: number | null): string {
  if (value === null) return '–'
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
  return value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits })
}

export function renderResult(result: Result): string {
  const table = [
    ['what', 'unit', 'peer', 'ours', 'ratio', 'target', ''],
    ...result.rows.map((row) => [
      row.what,
      row.unit,
      amount(row.peer),
      amount(row.ours),
      row.ratio === null ? '–' : `${amount(row.ratio)} ×`,
      row.target ?? '–',
      verdict(row.met),
    ]),
  ]
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  )
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  lines.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '))
  return [
    `${result.name}  ${result.title}`,
    '',
    ...lines,
    '',
    ...result.notes.map((note) => `· ${note}`),
  ].join('\n')
}
