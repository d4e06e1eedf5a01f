import type { OpenDatabase } from '../../../../test/support/databases.ts'
import type { AuditRecord } from '../../kernel/audit-trail.ts'
import { anonymous, type Caller } from '../../kernel/caller.ts'
import { createIds } from '../../kernel/ids.ts'
import { type Audit, createAudit } from '../index.ts'
import type { AuditStore } from '../ports.ts'
import { createAuditStore } from '../store.sql.ts'

export const ada: Caller = {
  ...anonymous('192.0.2.7'),
  kind: 'user',
  userId: '018f0000-0000-7000-8000-000000000001',
  name: 'ada',
  roles: ['toolkit.user'],
}

export function record(changes: Partial<AuditRecord> = {}): AuditRecord {
  return {
    caller: ada,
    operation: 'toolkits.enable',
    effect: 'write',
    outcome: 'succeeded',
    code: null,
    input: { slug: 'regex', justification: 'asked for' },
    detail: null,
    jobId: null,
    requestId: 'request-1',
    ...changes,
  }
}

export interface AuditFixture {
  readonly audit: Audit
  readonly store: AuditStore
  /** Milliseconds; tests move it. */
  readonly clock: { time: number; now(): number }
}

export function auditOn(opened: OpenDatabase, retentionDays: number | null = null): AuditFixture {
  const clock = { time: Date.UTC(2026, 0, 1), now: () => clock.time }
  const store = createAuditStore(opened.db)
  return { audit: createAudit({ store, clock, ids: createIds(clock), retentionDays }), store, clock }
}
