import { expect, it } from 'vitest'
import { openTemporarySqlite } from '../../../test/support/databases.ts'
import { createIds } from '../kernel/ids.ts'
import { createRetention } from './retention.ts'
import { createJobStore } from './store.sql.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }
const dayMs = 86_400_000

async function jobsEndedAt(
  db: Parameters<typeof createJobStore>[0],
  times: readonly number[],
  lines: number,
) {
  const store = createJobStore(db, () => ({ operation: null, toolkit: null }))
  const ids: string[] = []
  for (const at of times) {
    const id = createIds({ now: () => at })()
    ids.push(id)
    await store.insert({
      id,
      toolkit: 'demo',
      operation: 'run',
      toolkitVersion: '1.0.0',
      status: 'queued',
      priority: 0,
      requestedBy: { id: 'user-1', name: 'ada', token: null, tokenId: null },
      idempotencyKey: null,
      idempotent: true,
      timeoutMs: 1000,
      createdAt: at,
      runAt: null,
      retryOf: null,
      scheduleId: null,
      input: { n: 1 },
    })
    const holder = { jobId: id, fence: 1 }
    await store.claim({ jobId: id, worker: 'worker-1', at })
    const line = (index: number) => ({ at, level: 'info' as const, text: `line ${index + 1}` })
    await store.appendLogs({
      ...holder,
      attempt: 1,
      firstSeq: 1,
      lines: Array.from({ length: lines }, (_, n) => line(n)),
    })
    await store.finish({
      ...holder,
      status: 'succeeded',
      outcome: 'succeeded',
      at,
      output: { ok: true },
      error: null,
      stage: 'handler',
      progress: null,
      logLines: lines,
    })
  }
  return { store, ids }
}

it('archives what is too old, whole, page by page, and only then removes it', async () => {
  await using opened = await openTemporarySqlite()
  const { store, ids } = await jobsEndedAt(opened.db, [dayMs, 2 * dayMs, 9 * dayMs], 1200)
  const pieces: string[] = []
  const present: boolean[] = []
  const retention = createRetention({
    store,
    rule: { days: 5, count: null },
    clock: { now: () => 10 * dayMs },
    logger: silent,
    async archive(given) {
      for await (const piece of given) pieces.push(piece)
      present.push((await store.get(ids[0] as string)) !== null)
    },
  })
  expect(await retention.run()).toBe(2)
  expect(present).toEqual([true])
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(60_000)
  const archived = pieces
    .join('')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(archived).toMatchObject([
    {
      id: ids[0],
      status: 'succeeded',
      input: { n: 1 },
      result: { ok: true },
      attempts: [{ outcome: 'succeeded' }],
    },
    { id: ids[1] },
  ])
  expect(archived[0].logs.map(({ seq }: { seq: number }) => seq)).toEqual(
    Array.from({ length: 1200 }, (_, n) => n + 1),
  )
  expect(await Promise.all(ids.map((id) => store.get(id)))).toMatchObject([null, null, { id: ids[2] }])
})

it('removes a log of any length, and keeps jobs that could not be archived', async () => {
  await using opened = await openTemporarySqlite()
  const { store, ids } = await jobsEndedAt(opened.db, [dayMs, 2 * dayMs], 5001)
  const full = createRetention({
    store,
    rule: { days: null, count: 1 },
    clock: { now: () => 10 * dayMs },
    logger: silent,
    archive: () => Promise.reject(new Error('the disk is full')),
  })
  await expect(full.run()).rejects.toThrow('the disk is full')
  expect((await store.logs({ jobId: ids[0] as string, after: 5000, limit: 1 })).length).toBe(1)

  const rest = createRetention({
    store,
    rule: { days: null, count: 1 },
    clock: { now: () => 10 * dayMs },
    logger: silent,
    archive: async (pieces) => void (await Array.fromAsync(pieces)),
  })
  expect(await rest.run()).toBe(1)
  expect(await store.logs({ jobId: ids[0] as string, limit: 1 })).toEqual([])
  expect(await store.get(ids[1] as string)).not.toBeNull()
})
