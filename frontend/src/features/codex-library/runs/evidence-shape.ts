type Fields = Readonly<Record<string, unknown>>

export interface BeforeAfter {
  readonly name: string
  readonly rows: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[]
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Evidence that was taken twice, such as `brokerBefore` and `brokerAfter`, side by side; and what is left. */
export function pairsIn(evidence: Fields): { pairs: BeforeAfter[]; rest: [string, unknown][] } {
  const pairs: BeforeAfter[] = []
  const paired = new Set<string>()
  for (const [name, before] of Object.entries(evidence)) {
    const after = name.replace(/before$/i, (word) => (word === 'before' ? 'after' : 'After'))
    if (after === name || !isFields(before) || !isFields(evidence[after])) continue
    paired.add(name).add(after)
    pairs.push({ name: name.slice(0, -'before'.length), rows: rowsOf(before, evidence[after]) })
  }
  return { pairs, rest: Object.entries(evidence).filter(([name]) => !paired.has(name)) }
}

function rowsOf(before: Fields, after: Fields): BeforeAfter['rows'] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...fields].map((field) => ({ field, before: before[field], after: after[field] }))
}

export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The fields of a list of things that are alike, when there are few enough for a table; else null. */
export function tableOf(value: unknown): { columns: string[]; rows: Fields[] } | null {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isFields)) return null
  const columns = [...new Set(value.flatMap((row) => Object.keys(row)))]
  return columns.length <= 8 ? { columns, rows: value } : null
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const ofJob = new Set(['jobId', 'retryOf', 'newJobId'])

/** Whether a text is the id of a job: by the field's name, or because the evidence says that it speaks of jobs. */
export function isJobId(evidence: string, field: string, value: unknown): value is string {
  if (typeof value !== 'string' || !uuid.test(value)) return false
  return ofJob.has(field) || (field === 'id' && /job/i.test(evidence))
}

export interface Line {
  readonly seq: number
  readonly level: string
  readonly text: string
}

/** An excerpt of a log; else null. */
export function linesOf(value: unknown): readonly Line[] | null {
  if (!Array.isArray(value) || value.length === 0) return null
  return value.every((line) => isFields(line) && 'seq' in line && 'level' in line && 'text' in line)
    ? value
    : null
}
