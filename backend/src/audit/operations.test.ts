import { auditOperations } from '@sre-toolbox/contract/audit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OpenDatabase, openTemporarySqlite } from '../../../test/support/databases.ts'
import type { Caller } from '../kernel/caller.ts'
import { createRegistry } from '../kernel/registry.ts'
import { createRunner, type Runner } from '../kernel/run-operation.ts'
import { createAuditOperations } from './operations.ts'
import { type AuditFixture, ada, auditOn, record } from './test/fixture.ts'

describe('audit operations', () => {
  let opened: OpenDatabase
  let fixture: AuditFixture
  let runner: Runner
  beforeEach(async () => {
    opened = await openTemporarySqlite()
    fixture = auditOn(opened)
    const core = createAuditOperations(fixture.audit)
    const { registry, faults } = createRegistry({
      declarations: auditOperations,
      core,
      toolkitOperation: () => undefined,
    })
    expect(faults).toEqual([])
    runner = createRunner({ registry, audit: fixture.audit })
  })
  afterEach(() => opened[Symbol.asyncDispose]())

  const admin: Caller = { ...ada, roles: ['system.admin'] }
  const run = async (operation: string, input: unknown, caller = admin) => {
    const request = { caller, requestId: 'request-1', signal: new AbortController().signal }
    return (await runner.run(operation, input, request)).output
  }

  const exported = async (input: object) => {
    const pieces = await Array.fromAsync((await run('audit.export', input)) as AsyncIterable<string>)
    return pieces.join('')
  }

  it('list, export and verify what was recorded, for administrators', async () => {
    await fixture.audit.record(record())
    await fixture.audit.record(record({ outcome: 'failed', code: 'conflict' }))
    expect(await run('audit.list', { outcome: 'failed', since: '2026-01-01T00:00:00.000Z' })).toMatchObject({
      items: [{ seq: 2, code: 'conflict' }],
      nextCursor: null,
    })
    expect((await exported({})).split('\n')).toHaveLength(3)
    expect((await exported({ format: 'csv', until: '2025-12-31T00:00:00Z' })).split('\r\n')).toHaveLength(2)
    expect(await run('audit.verify', {})).toMatchObject({ intact: true, entries: 2, head: { seq: 2 } })
  })

  it.each(['audit.list', 'audit.export', 'audit.verify'])(
    'refuse %s to others, on the record',
    async (operation) => {
      await expect(run(operation, {}, ada)).rejects.toMatchObject({
        code: 'role_missing',
        details: { requiredRole: 'system.admin' },
      })
      expect(await run('audit.list', {})).toMatchObject({
        items: [{ operation, outcome: 'refused', code: 'role_missing', actor: { name: 'ada' } }],
      })
    },
  )

  it.each([
    ['audit.list', { cursor: 'x' }],
    ['audit.list', { actor: 'a\u0000' }],
    ['audit.list', { since: 'yesterday' }],
    ['audit.list', { limit: 201 }],
    ['audit.export', { format: 'xml' }],
    ['audit.verify', { headSeq: 1 }],
    ['audit.verify', { headHash: '0'.repeat(64) }],
    ['audit.verify', { headSeq: 1, headHash: 'short' }],
  ])('refuse what is not valid: %s %j', async (operation, input) => {
    await expect(run(operation, input)).rejects.toMatchObject({ code: 'validation_failed' })
  })

  it('answer an export piece by piece, however large it is', async () => {
    const large = record({ input: { text: 'x'.repeat(8_000) } })
    await Promise.all(Array.from({ length: 1_350 }, () => fixture.audit.record(large)))
    let length = 0
    let largest = 0
    for await (const piece of (await run('audit.export', {})) as AsyncIterable<string>) {
      length += piece.length
      largest = Math.max(largest, piece.length)
    }
    expect(length).toBeGreaterThan(10 * 1024 * 1024)
    expect(largest).toBeLessThan(length / 2)
  })
})
