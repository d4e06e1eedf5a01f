import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chainHash } from './entry.ts'
import type { AuditStore, Link, StoredEntry } from './ports.ts'

/** What every audit store must do. `other` is the same store as another process has it. */
export function describeAuditStore(
  name: string,
  open: () => Promise<{ store: AuditStore; other: AuditStore } & AsyncDisposable>,
): void {
  describe(`audit store on ${name}`, () => {
    let opened: { store: AuditStore; other: AuditStore } & AsyncDisposable
    let store: AuditStore
    beforeAll(async () => {
      opened = await open()
      store = opened.store
    })
    afterAll(() => opened[Symbol.asyncDispose]())

    const entry =
      (changes: Partial<StoredEntry> = {}) =>
      (previous: Link): StoredEntry => {
        const body = changes.body ?? '{}'
        return {
          at: 1_000,
          actorId: 'user-1',
          actorName: 'ada',
          operation: 'jobs.cancel',
          outcome: 'succeeded',
          jobId: null,
          ...changes,
          seq: previous.seq + 1,
          body,
          hash: chainHash(previous.hash, body),
        }
      }
    const everything = { after: 0, through: 1e9, order: 'oldest-first', limit: 1e4 } as const
    const head = async () => (await store.ends()).head

    it('begins empty', async () => {
      expect(await store.ends()).toEqual({ start: { seq: 0, hash: '' }, head: { seq: 0, hash: '' } })
      expect(await store.lastBefore(1e15)).toBeNull()
    })

    it('chains what two processes append at once, without a gap', async () => {
      const before = await head()
      const appends = Array.from({ length: 200 }, (_, index) =>
        (index % 2 ? store : opened.other).append(entry({ body: JSON.stringify({ index }) })),
      )
      await Promise.all(appends)

      const rows = await store.read({}, { ...everything, after: before.seq })
      expect(rows.map(({ seq }) => seq)).toEqual(appends.map((_, index) => before.seq + 1 + index))
      let hash = before.hash
      for (const row of rows) {
        expect(row.hash).toBe(chainHash(hash, row.body))
        hash = row.hash
      }
      expect(await head()).toEqual({ seq: before.seq + 200, hash })
    })

    it('leaves the others in place when one entry can not be made', async () => {
      const before = await head()
      const results = await Promise.allSettled([
        store.append(entry()),
        store.append(() => {
          throw new Error('no such entry')
        }),
        store.append(entry()),
      ])
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect((await head()).seq).toBe(before.seq + 2)
    })

    it('gives back every field, whatever characters it holds', async () => {
      const odd = {
        body: '{"text":"ü \\u0000 \\ud800 \'\\" 日本"}',
        actorName: 'Ünïcode',
        jobId: 'job-9',
        actorId: null,
      }
      await store.append(entry(odd))
      const { seq } = await head()
      const [row] = await store.read({}, { ...everything, after: seq - 1 })
      expect(row).toMatchObject({ ...odd, seq, at: 1_000, operation: 'jobs.cancel', outcome: 'succeeded' })
    })

    it('finds by every filter, and by all together', async () => {
      const { seq } = await head()
      await store.append(
        entry({ actorId: 'user-2', actorName: 'bob', at: 5_000, operation: 'a.b', outcome: 'failed' }),
      )
      await store.append(
        entry({ actorId: 'user-3', actorName: 'eve', at: 6_000, operation: 'a.b', jobId: 'job-1' }),
      )
      const found = async (filter: Parameters<AuditStore['read']>[0]) =>
        (await store.read(filter, { ...everything, after: seq })).map((row) => row.seq - seq)
      expect(await found({ actor: 'user-2' })).toEqual([1])
      expect(await found({ actor: 'eve' })).toEqual([2])
      expect(await found({ operation: 'a.b' })).toEqual([1, 2])
      expect(await found({ outcome: 'failed' })).toEqual([1])
      expect(await found({ jobId: 'job-1' })).toEqual([2])
      expect(await found({ since: 5_001 })).toEqual([2])
      expect(await found({ until: 5_000 })).toEqual([1])
      expect(await found({ actor: 'eve', operation: 'a.b', since: 6_000, until: 6_000 })).toEqual([2])
      expect(await found({ actor: "' or 1=1 --" })).toEqual([])
      expect(await found({ operation: 'a.*' })).toEqual([1, 2])
      expect(await found({ operation: 'b.*' })).toEqual([])
    })

    it('finds text anywhere in the body, any case, and takes it as it is written', async () => {
      const { seq } = await head()
      await store.append(entry({ body: '{"detail":"Rotated the KEY, 100 % of it"}' }))
      await store.append(entry({ body: '{"detail":"something else"}' }))
      const found = async (q: string) =>
        (await store.read({ q }, { ...everything, after: seq })).map((row) => row.seq - seq)
      expect(await found('rotated the key')).toEqual([1])
      expect(await found('100 %')).toEqual([1])
      expect(await found('1__ %')).toEqual([])
      expect(await found('detail')).toEqual([1, 2])
    })

    it('tells the time of the first entry from a place on', async () => {
      const { seq } = await head()
      await store.append(entry({ at: 7_000 }))
      expect(await store.at(seq + 1)).toEqual({ seq: seq + 1, at: 7_000 })
      expect(await store.at(seq + 2)).toBeNull()
    })

    it('reads a window from either end', async () => {
      const seqs = async (order: 'oldest-first' | 'newest-first') =>
        (await store.read({}, { after: 10, through: 20, order, limit: 3 })).map(({ seq }) => seq)
      expect(await seqs('oldest-first')).toEqual([11, 12, 13])
      expect(await seqs('newest-first')).toEqual([20, 19, 18])
    })

    it('lets the chain begin later, and removes in portions what lies before', async () => {
      const { seq } = await head()
      for (const at of [20_000, 30_000, 25_000, 90_000, 20_000]) await store.append(entry({ at }))
      const last = await store.lastBefore(40_000)
      expect(last?.seq).toBe(seq + 3)

      await store.moveStart(last as Link)
      expect((await store.ends()).start).toEqual(last)
      expect(await store.lastBefore(40_000)).toBeNull()
      expect(await store.removeBeforeStart(100)).toBe(100)
      let removed = 100
      for (let count = 100; count === 100; removed += count) count = await store.removeBeforeStart(100)
      expect(removed).toBe(seq + 3)
      const rows = await store.read({}, everything)
      expect(rows.map((row) => row.seq)).toEqual([seq + 4, seq + 5])
    })
  })
}
