import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eachDatabase, type OpenDatabase } from '../../../test/support/databases.ts'
import type { Database } from '../adapters/sql/database.ts'
import { chainHash } from './entry.ts'
import { type AuditFixture, auditOn, record } from './test/fixture.ts'

eachDatabase((name, open) => {
  describe(`the audit chain on ${name}`, () => {
    let opened: OpenDatabase
    let fixture: AuditFixture
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened[Symbol.asyncDispose]())
    beforeEach(async () => {
      const { query } = opened.db
      await query.deleteFrom('audit_entries').execute()
      await query.updateTable('audit_head').set({ seq: 0, hash: '', start_seq: 0, start_hash: '' }).execute()
      fixture = auditOn(opened, 30)
      await Promise.all(
        Array.from({ length: 8 }, (_, index) => fixture.audit.record(record({ input: { index } }))),
      )
    })

    const faults = async (head: { seq: number; hash: string } | null = null) => {
      const verdict = await fixture.audit.verify(head)
      expect(verdict.intact).toBe(verdict.faults.length === 0)
      return verdict.faults.map(({ seq, kind }) => `${kind} ${seq}`)
    }
    const entry = async (db: Database, seq: number) =>
      db.query.selectFrom('audit_entries').selectAll().where('seq', '=', seq).executeTakeFirstOrThrow()
    const change = (seq: number, set: object) =>
      opened.db.query.updateTable('audit_entries').set(set).where('seq', '=', seq).execute()
    const remove = (seqs: number[]) =>
      opened.db.query.deleteFrom('audit_entries').where('seq', 'in', seqs).execute()

    it('is intact as written, and stays so with an earlier head', async () => {
      const { head } = await fixture.audit.verify(null)
      expect(head?.seq).toBe(8)
      await fixture.audit.record(record())
      expect(await fixture.audit.verify(head)).toMatchObject({ intact: true, entries: 9, faults: [] })
    })

    it('finds an edited body', async () => {
      const { body } = await entry(opened.db, 3)
      await change(3, { body: body.replace('"succeeded"', '"refused"'), outcome: 'refused' })
      expect(await faults()).toEqual(['edited 3'])
    })

    it.each([
      ['time', { at: 1 }],
      ['actor', { actor_name: 'eve' }],
      ['actor id', { actor_id: null }],
      ['operation', { operation: 'auth.me' }],
      ['outcome', { outcome: 'failed' }],
      ['job', { job_id: '018f0000-0000-7000-8000-000000000009' }],
      ['hash', { hash: 'f'.repeat(64) }],
      ['body that is no JSON', { body: 'nonsense' }],
      ['body that is no entry', { body: 'null' }],
    ])('finds an edited %s', async (_, set) => {
      await change(5, set)
      expect(await faults()).toEqual(['edited 5'])
    })

    it('finds an edit whose hash was computed again', async () => {
      const [before, { body }] = [await entry(opened.db, 3), await entry(opened.db, 4)]
      const edited = body.replace('"index":3', '"index":9')
      expect(edited).not.toBe(body)
      await change(4, { body: edited, hash: chainHash(before.hash, edited) })
      expect(await faults()).toEqual(['edited 5'])
    })

    it('finds the same of the last entry', async () => {
      const [before, { body }] = [await entry(opened.db, 7), await entry(opened.db, 8)]
      const edited = body.replace('"index":7', '"index":9')
      await change(8, { body: edited, hash: chainHash(before.hash, edited) })
      expect(await faults()).toEqual(['edited 8'])
    })

    it.each([
      [[1], ['missing 1']],
      [[4], ['missing 4']],
      [
        [2, 3, 6],
        ['missing 2', 'missing 6'],
      ],
    ])('finds the deletion of %j', async (seqs, found) => {
      await remove(seqs)
      expect(await faults()).toEqual(found)
    })

    it('finds a deletion that closed the gap', async () => {
      await remove([4])
      for (const seq of [5, 6, 7, 8]) await change(seq, { seq: seq - 1 })
      await opened.db.query.updateTable('audit_head').set({ seq: 7 }).execute()
      expect((await faults())[0]).toBe('reordered 4')
    })

    it('finds two entries that changed places', async () => {
      await change(3, { seq: 100 })
      await change(6, { seq: 3 })
      await change(100, { seq: 6 })
      expect(await faults()).toEqual(['reordered 3', 'reordered 6'])
    })

    it('finds a truncation, also one that moved the head, when an exported head is given', async () => {
      const { head } = await fixture.audit.verify(null)
      await remove([7, 8])
      expect(await faults()).toEqual(['truncated 7'])
      const { hash } = await entry(opened.db, 6)
      await opened.db.query.updateTable('audit_head').set({ seq: 6, hash }).execute()
      expect(await faults()).toEqual([])
      expect(await faults(head)).toEqual(['truncated 7'])
    })

    it('finds that everything was written anew, when an exported head is given', async () => {
      const { head } = await fixture.audit.verify(null)
      await opened.db.query.deleteFrom('audit_entries').execute()
      await opened.db.query.updateTable('audit_head').set({ seq: 0, hash: '' }).execute()
      for (let index = 0; index < 9; index++) await fixture.audit.record(record({ input: 'forged' }))
      expect(await faults()).toEqual([])
      expect(await faults(head)).toEqual(['edited 8'])
    })

    it('stays verifiable after retention, which a theft of the beginning can not imitate', async () => {
      fixture.clock.time += 31 * 86_400_000
      await fixture.audit.record(record())
      expect(await fixture.audit.prune()).toBe(8)
      expect(await fixture.audit.verify(null)).toMatchObject({ intact: true, entries: 2, faults: [] })
      await expect(fixture.audit.verify({ seq: 7, hash: '0'.repeat(64) })).rejects.toMatchObject({
        code: 'validation_failed',
      })
      expect(await faults({ seq: 8, hash: '0'.repeat(64) })).toEqual(['edited 8'])

      const { hash } = await entry(opened.db, 9)
      await remove([9])
      await opened.db.query.updateTable('audit_head').set({ start_seq: 9, start_hash: hash }).execute()
      expect(await faults()).toEqual(['missing 1'])
    })

    it('is not disturbed by entries that arrive meanwhile', async () => {
      const arriving = Promise.all(Array.from({ length: 50 }, () => fixture.audit.record(record())))
      expect(await faults()).toEqual([])
      await arriving
      expect(await fixture.audit.verify(null)).toMatchObject({ intact: true, entries: 58 })
    })
  })
})
