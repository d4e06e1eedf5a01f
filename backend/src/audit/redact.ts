import { redacted } from '../kernel/operation.ts'

const secretName =
  /passw|passphrase|pwd|secret|token|authorization|cookie|api_?key|private_?key|access_?key|credential/
/** `tokenId` and `secretName` speak of a secret without holding it. */
const harmlessEnding = /(id|ids|name|names|prefix|count|type|url|path|version|expires_?at)$/
const reference = /^secret:[A-Za-z0-9][A-Za-z0-9._/-]*#[A-Za-z0-9_.-]+$/

const secretShapes: readonly [pattern: RegExp, replacement: string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, redacted],
  [/\btbx_[A-Za-z0-9_-]{20,}/g, redacted],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{8,}/gi, `$1 ${redacted}`],
  [/(:\/\/)[^\s/@]+@/g, `$1${redacted}@`],
]
const mayHoldSecret = /PRIVATE KEY|tbx_|bearer|basic|:\/\//i
const deepest = 32

/** Takes out what looks like a secret by its name or shape; `secret:` references stay, since they hold nothing. */
export function redact(value: unknown): unknown {
  return redactWithin(value, false, 0)
}

export function redactText(text: string): string {
  if (!mayHoldSecret.test(text)) return text
  return secretShapes.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text)
}

function redactWithin(value: unknown, secret: boolean, depth: number): unknown {
  if (typeof value === 'string') {
    if (reference.test(value)) return value
    return secret ? redacted : redactText(value)
  }
  if (typeof value === 'number' || typeof value === 'bigint') return secret ? redacted : value
  if (typeof value !== 'object' || value === null) return value
  if (depth === deepest) return '[nested too deeply]'
  if (Array.isArray(value)) return value.map((item) => redactWithin(item, secret, depth + 1))
  const fields = Object.entries(value)
  const pairIsSecret = namesSecret(value)
  return Object.fromEntries(
    fields.map(([name, field]) => [
      redactText(name),
      redactWithin(field, secret || isSecretName(name) || (pairIsSecret && name === 'value'), depth + 1),
    ]),
  )
}

/** A header or variable written as a pair: `{ name: 'Authorization', value: '…' }`. */
function namesSecret(pair: object): boolean {
  const { name, key } = pair as { name?: unknown; key?: unknown }
  return [name, key].some((candidate) => typeof candidate === 'string' && isSecretName(candidate))
}

function isSecretName(name: string): boolean {
  const plain = name.replace(/[- ]/g, '_').toLowerCase()
  return secretName.test(plain) && !harmlessEnding.test(plain)
}
