import { crc32 } from 'node:zlib'
import type { Token } from '@sre-toolbox/contract/identity'
import { toInstant, toInstantOrNull } from '../kernel/clock.ts'

/** Times are milliseconds. The token itself is shown once and kept nowhere. */
export interface TokenRecord {
  readonly id: string
  readonly secretHash: string
  readonly userId: string
  readonly name: string
  readonly prefix: string
  /** Operation ids or patterns; null for all. */
  readonly operations: readonly string[] | null
  readonly persona: string | null
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly lastUsedAt: number | null
  readonly revokedAt: number | null
}

const mark = 'tbx_'
/** `tbx_`, 256 bits as 43 characters, and 6 characters of checksum. */
const shape = /^tbx_[A-Za-z0-9_-]{43}[A-Za-z0-9_-]{6}$/
const checksumLength = 6
const shownLength = mark.length + 6

export function newToken(random: (size: number) => Buffer): string {
  const start = mark + random(32).toString('base64url')
  return start + checksum(start)
}

export function hasTokenMark(text: string): boolean {
  return text.startsWith(mark)
}

/** Finds typing errors and cut-off copies without asking the database; secret scanners can use it too. */
export function isWellFormed(text: string): boolean {
  return shape.test(text) && checksum(text.slice(0, -checksumLength)) === text.slice(-checksumLength)
}

export function tokenPrefix(token: string): string {
  return token.slice(0, shownLength)
}

export function toToken(record: TokenRecord, owner: string): Token {
  const { id, name, prefix, operations, persona, createdAt, expiresAt, lastUsedAt, revokedAt } = record
  return {
    id,
    name,
    prefix,
    owner,
    operations: operations && [...operations],
    persona,
    createdAt: toInstant(createdAt),
    expiresAt: toInstantOrNull(expiresAt),
    lastUsedAt: toInstantOrNull(lastUsedAt),
    revokedAt: toInstantOrNull(revokedAt),
  }
}

function checksum(text: string): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc32(text))
  return bytes.toString('base64url')
}
