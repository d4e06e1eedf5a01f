import type { AuditEntry } from '@sre-toolbox/contract/audit'

/** What people say of a change; the first thing to read of it. */
const words = ['summary', 'justification', 'reason']

/** The one thing worth knowing: why it was refused, what was said, or else what it was about. */
export function whatOf({ detail, code, input, outcome }: AuditEntry): string {
  if (outcome === 'refused' || outcome === 'failed') return [code, detail].filter(Boolean).join(' · ')
  if (detail) return detail
  if (typeof input !== 'object' || input === null) return ''
  const told = Object.entries(input).filter(([, value]) => value !== '[redacted]' && !isEmpty(value))
  const [said, about] = [told.filter(isWord), told.filter((field) => !isWord(field))]
  // Names and addresses tell more than numbers.
  const namesFirst = about.toSorted((a, b) => Number(isText(b)) - Number(isText(a)))
  const texts = namesFirst.map(([name, value]) => `${name} ${asText(value)}`)
  return [...said.map(([, value]) => asText(value)), ...texts].join(' · ').slice(0, 300)
}

const isText = ([, value]: [string, unknown]) => typeof value === 'string'
const isWord = ([name]: [string, unknown]) => words.includes(name)
const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
const isEmpty = (value: unknown) =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value ?? {}).length === 0)
