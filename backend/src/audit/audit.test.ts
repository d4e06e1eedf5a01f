import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OpenDatabase, openTemporarySqlite } from '../../../test/support/databases.ts'
import type { Lane } from '../adapters/sql/group-commit.ts'
import { statement } from '../adapters/sql/statement.ts'
import { createIds } from '../kernel/ids.ts'
import { canonicalJson } from './canonical-json.ts'
import { createAudit } from './index.ts'
import { type AuditFixture, ada, auditOn, record } from './test/fixture.ts'

describe('the audit trail', () => {
  let opened: OpenDatabase
  let fixture: AuditFixture
  beforeEach(async () => {
    opened = await openTemporarySqlite()
    fixture = auditOn(opened, 30)
  })
  afterEach(() => opened[Symbol.asyncDispose]())

  const list = async () => (await fixture.audit.list({}, { limit: 200 })).items
  async function exported(format: 'csv' | 'jsonl', filter = {}) {
    let text = ''
    for await (const piece of fixture.audit.exportEntries(filter, format)) text += piece
    return text
  }

  it('tells who, on whose behalf, what, how it ended and from where', async () => {
    const token = {
      id: 'token-1',
      name: 'ci',
      operations: ['jobs.*'],
      persona: { name: 'Curator', operations: [], toolkitEffects: [] },
    }
    await fixture.audit.record(
      record({
        caller: { ...ada, kind: 'token', token },
        outcome: 'refused',
        code: 'persona_forbids',
        detail: 'no',
      }),
    )
    expect(await list()).toEqual([
      {
        seq: 1,
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        at: '2026-01-01T00:00:00.000Z',
        actor: {
          kind: 'token',
          id: ada.userId,
          name: 'ada',
          token: 'ci',
          tokenId: 'token-1',
          persona: 'Curator',
        },
        operation: 'toolkits.enable',
        effect: 'write',
        outcome: 'refused',
        code: 'persona_forbids',
        input: { slug: 'regex', justification: 'asked for' },
        detail: 'no',
        jobId: null,
        address: '192.0.2.7',
        requestId: 'request-1',
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ])
  })

  it('never holds a secret, in input or detail', async () => {
    const canary = 'canary-5f3c'
    await fixture.audit.record(
      record({
        input: {
          password: canary,
          nested: { headers: { Authorization: `Bearer ${canary}` } },
          url: `https://u:${canary}@h/`,
        },
        detail: `could not reach https://u:${canary}@h/`,
      }),
    )
    const rows = await opened.db.query.selectFrom('audit_entries').selectAll().execute()
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(canary)
  })

  it('names a large input by its size and digest', async () => {
    await fixture.audit.record(record({ input: { text: 'x'.repeat(8_181) } }))
    await fixture.audit.record(record({ input: { text: 'x'.repeat(8_182) } }))
    const [large, small] = await list()
    expect(small?.input).toEqual({ text: 'x'.repeat(8_181) })
    expect(large?.input).toEqual({
      omitted: expect.stringContaining('8192 bytes'),
      bytes: 8_193,
      sha256: createHash('sha256')
        .update(canonicalJson({ text: 'x'.repeat(8_182) }))
        .digest('hex'),
    })
  })

  it('says that nothing is changed when it can not be written', async () => {
    const { clock } = fixture
    const failing = createAudit({
      store: { ...fixture.store, append: () => Promise.reject(new Error('boom')) },
      clock,
      ids: createIds(clock),
      retentionDays: null,
    })
    await expect(failing.record(record())).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/can't be written.*\/readyz/),
    })
  })

  it('is written in the same transaction as what it tells of', async () => {
    const count = statement<Record<never, never>, { entries: number }>(
      {},
      'select seq as entries from audit_head',
    )
    const job: Lane<null, number | undefined> = {
      order: 10,
      apply: async (runs) => [(await runs.all(count, {}))[0]?.entries],
    }
    const [entries] = await Promise.all([
      opened.db.groupCommit.add(job, null),
      fixture.audit.record(record()),
    ])
    expect(entries).toBe(1)
  })

  it('is paged from the newest on, and refuses a cursor that is none', async () => {
    for (let index = 0; index < 5; index++) await fixture.audit.record(record())
    const first = await fixture.audit.list({}, { limit: 3 })
    expect(first.items.map(({ seq }) => seq)).toEqual([5, 4, 3])
    const second = await fixture.audit.list({}, { limit: 3, cursor: first.nextCursor as string })
    expect(second).toMatchObject({ items: [{ seq: 2 }, { seq: 1 }], nextCursor: null })
    for (const cursor of ['', '0', '-1', '1e3', 'abc', '9'.repeat(40)]) {
      await expect(fixture.audit.list({}, { limit: 3, cursor })).rejects.toMatchObject({
        code: 'validation_failed',
      })
    }
  })

  it('answers a search in stretches, however few entries fit', async () => {
    const many = 45_000
    const written = Array.from({ length: many }, (_, index) =>
      fixture.audit.record(record(index === 1_000 ? { operation: 'users.create' } : {})),
    )
    await Promise.all(written)
    const sizes: number[] = []
    let cursor: string | undefined
    do {
      const page = await fixture.audit.list({ operation: 'users.create' }, { limit: 10, cursor })
      sizes.push(page.items.length)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(sizes).toEqual([0, 0, 1])
    expect(await exported('csv', { operation: 'users.*' })).toMatch(/^seq.*\r\n1001,.*\r\n$/)
  })

  it('finds a time span by bisecting the chain, also where clocks differ', async () => {
    const begin = fixture.clock.time
    const hour = 3_600_000
    for (let index = 0; index < 40; index++) {
      // Every tenth comes from a process whose clock is five minutes late.
      fixture.clock.time = begin + index * hour - (index % 10 === 0 ? 300_000 : 0)
      await fixture.audit.record(record())
    }
    const span = { since: begin + 20 * hour - 300_000, until: begin + 30 * hour }
    const page = await fixture.audit.list(span, { limit: 200 })
    expect(page.items.map(({ seq }) => seq)).toEqual([31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21])
    expect((await exported('jsonl', span)).trimEnd().split('\n')).toHaveLength(11)
    expect(await fixture.audit.list({ since: begin + 50 * hour }, { limit: 5 })).toMatchObject({ items: [] })
    expect(await fixture.audit.list({ until: begin - hour }, { limit: 5 })).toMatchObject({ items: [] })
  })

  it('shows one entry with its neighbours, and says why one is not there', async () => {
    for (let index = 0; index < 3; index++) await fixture.audit.record(record())
    const [third, second, first] = await list()
    const linkOf = (entry = first) => ({ seq: entry?.seq, hash: entry?.hash })
    expect(await fixture.audit.get(2)).toEqual({
      entry: second,
      previous: linkOf(first),
      next: linkOf(third),
    })
    expect(await fixture.audit.get(1)).toMatchObject({ previous: null, next: linkOf(second) })
    expect(await fixture.audit.get(3)).toMatchObject({ previous: linkOf(second), next: null })
    await expect(fixture.audit.get(4)).rejects.toMatchObject({
      message: expect.stringMatching(/newest is 3/),
    })
    await opened.db.query.deleteFrom('audit_entries').where('seq', '=', 2).execute()
    await expect(fixture.audit.get(2)).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringMatching(/audit\.verify/),
    })
  })

  it('exports lines from which anybody can compute the chain again', async () => {
    for (let index = 0; index < 1_203; index++)
      void fixture.audit.record(record({ input: { index, b: 1, a: 'ü' } }))
    await opened.db.groupCommit.settled()
    const lines = (await exported('jsonl'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toHaveLength(1_203)
    let previous = ''
    for (const { hash, ...body } of lines) {
      expect(
        createHash('sha256')
          .update(`${previous}\n${canonicalJson(body)}`)
          .digest('hex'),
      ).toBe(hash)
      previous = hash
    }
    expect((await fixture.audit.verify({ seq: 1_203, hash: previous })).intact).toBe(true)
  })

  it('exports only what matches', async () => {
    await fixture.audit.record(record({ operation: 'users.create' }))
    await fixture.audit.record(record())
    const lines = (await exported('jsonl', { operation: 'users.create' })).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line).operation)).toEqual(['users.create'])
    expect(await exported('jsonl', { operation: 'nothing.else' })).toBe('')
  })

  it('exports cells that no spreadsheet runs', async () => {
    for (const detail of [
      '=1+1',
      '+1',
      '-1',
      '@sum',
      '\t=1',
      ' =1',
      '\r=1',
      'plain, "quoted"\nline',
      'harmless=1',
    ]) {
      await fixture.audit.record(record({ caller: { ...ada, name: '=cmd' }, detail }))
    }
    const text = await exported('csv')
    expect(text.split('\r\n')[0]).toContain('seq,at,actorKind,actorId,actorName')
    expect(text).toContain(",'=cmd,")
    for (const cell of [",'=1+1,", ",'+1,", ",'-1,", ",'@sum,", ",'\t=1,", ",' =1,", `"'\r=1"`])
      expect(text).toContain(cell)
    expect(text).toContain('"plain, ""quoted""\nline"')
    expect(text).toContain(',harmless=1,')
  })

  it('keeps everything without a retention, and removes only what is older with one', async () => {
    await fixture.audit.record(record())
    fixture.clock.time += 29 * 86_400_000
    await fixture.audit.record(record())
    expect(await fixture.audit.prune()).toBe(0)
    fixture.clock.time += 2 * 86_400_000
    expect(await auditOn(opened).audit.prune()).toBe(0)
    expect(await fixture.audit.prune()).toBe(1)
    expect(await fixture.audit.prune()).toBe(0)
    expect((await list()).map(({ seq, operation }) => `${seq} ${operation}`)).toEqual([
      '3 audit.prune',
      '2 toolkits.enable',
    ])
  })
})
