import { hash } from 'node:crypto'
import type { Session } from '@sre-toolbox/contract/identity'
import { toInstant } from '../kernel/clock.ts'

const hourMs = 3_600_000
const idleMs = 12 * hourMs
const absoluteMs = 7 * 24 * hourMs

/** Times are milliseconds. The secret itself is only in the browser's cookie. */
export interface SessionRecord {
  readonly id: string
  readonly secretHash: string
  readonly userId: string
  readonly createdAt: number
  readonly lastSeenAt: number
  /** Slides with use, up to the absolute end. */
  readonly expiresAt: number
  readonly address: string
  readonly userAgent: string
}

export function slideExpiry(createdAt: number, now: number): number {
  return Math.min(now + idleMs, absoluteEnd(createdAt))
}

/** However much a session is used, it ends then. */
export function absoluteEnd(createdAt: number): number {
  return createdAt + absoluteMs
}

export function newSessionSecret(random: (size: number) => Buffer): string {
  return random(32).toString('base64url')
}

export function hashSecret(secret: string): string {
  return hash('sha256', secret)
}

export function toSession(record: SessionRecord, currentId: string | null): Session {
  const { id, createdAt, lastSeenAt, expiresAt, address, userAgent } = record
  return {
    id,
    createdAt: toInstant(createdAt),
    lastSeenAt: toInstant(lastSeenAt),
    expiresAt: toInstant(expiresAt),
    address,
    userAgent,
    current: id === currentId,
  }
}
