import { hash } from 'node:crypto'
import type { AuditEntry } from '@sre-toolbox/contract/audit'
import type { AuditRecord } from '../kernel/audit-trail.ts'
import { toInstant } from '../kernel/clock.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Link, StoredEntry } from './ports.ts'
import { redact, redactText } from './redact.ts'

const largestInput = 8 * 1024
const longestDetail = 2000

/** Makes the entry when the one before it is known. */
export function sealer(
  record: AuditRecord,
  made: { id: string; at: number },
): (previous: Link) => StoredEntry {
  const { caller } = record
  const columns = {
    at: made.at,
    actorId: caller.userId,
    actorName: caller.name,
    operation: record.operation,
    outcome: record.outcome,
    jobId: record.jobId,
  }
  // Canonical as written: every literal has its keys in order, and `seq`, which is added later, sorts after all.
  const before = JSON.stringify({
    actor: {
      id: caller.userId,
      kind: caller.kind,
      name: caller.name,
      persona: caller.token?.persona?.name ?? null,
      token: caller.token?.name ?? null,
      tokenId: caller.token?.id ?? null,
    },
    address: caller.address,
    at: toInstant(made.at),
    code: record.code,
    detail: record.detail === null ? null : redactText(record.detail).slice(0, longestDetail),
    effect: record.effect,
    id: made.id,
  })
  const after = JSON.stringify({
    jobId: record.jobId,
    operation: record.operation,
    outcome: record.outcome,
    requestId: record.requestId,
  })
  const bodyWithoutEnd = `${before.slice(0, -1)},"input":${inputText(record.input)},${after.slice(1, -1)}`
  return (previous) => {
    const seq = previous.seq + 1
    const body = `${bodyWithoutEnd},"seq":${seq}}`
    return { ...columns, seq, body, hash: chainHash(previous.hash, body) }
  }
}

/** SHA-256 in hex over the hash before and the canonical body. The first entry has no hash before it. */
export function chainHash(previousHash: string, body: string): string {
  return hash('sha256', `${previousHash}\n${body}`)
}

export function toEntry(stored: StoredEntry): AuditEntry {
  return { ...(JSON.parse(stored.body) as Omit<AuditEntry, 'hash'>), hash: stored.hash }
}

/** Large inputs are named by size and digest, so that the log stays small and can still be matched. */
function inputText(input: unknown): string {
  const text = canonicalJson(redact(input))
  const bytes = Buffer.byteLength(text)
  if (bytes <= largestInput) return text
  const omitted = `the input is larger than ${largestInput} bytes`
  return canonicalJson({ omitted, bytes, sha256: hash('sha256', text) })
}
