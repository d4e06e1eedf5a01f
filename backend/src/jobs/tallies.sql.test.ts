import { terminalStatuses } from '@sre-toolbox/contract/jobs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase, type OpenDatabase } from '../../../test/support/databases.ts'
import { tallyAll } from '../adapters/sql/migrations/0009-dashboard.ts'
import { createIds } from '../kernel/ids.ts'
import type { Finish, NewJob } from './ports.ts'
import { createJobStore } from './store.sql.ts'
import { createJobTallies } from './tallies.sql.ts'
import { hourMs, minuteMs } from './tallies.ts'

eachDatabase((name, open) => {
  describe(`counts of ended jobs on ${name}`, () => {
    const started = Math.floor(Date.now() / hourMs) * hourMs - hourMs
    const ids = createIds({ now: () => started })
    let opened: OpenDatabase
    let store: ReturnType<typeof createJobStore>
    let tallies: ReturnType<typeof createJobTallies>

    beforeAll(async () => {
      opened = await open()
      store = createJobStore(opened.db, () => ({ operation: null, toolkit: null }), 'writer-1')
      tallies = createJobTallies(opened.db)
    })
    afterAll(() => opened[Symbol.asyncDispose]())

    const newJob = (changes: Partial<NewJob> = {}): NewJob => ({
      id: ids(),
      toolkit: 'demo',
      operation: 'run',
      toolkitVersion: '1.0.0',
      status: 'queued',
      priority: 0,
      requestedBy: { id: 'user-1', name: 'ada', token: null, tokenId: null },
      idempotencyKey: null,
      idempotent: false,
      timeoutMs: 60_000,
      createdAt: started,
      runAt: null,
      retryOf: null,
      scheduleId: null,
      input: {},
      ...changes,
    })
    async function running(worker = 'worker-1') {
      const job = newJob()
      await store.insert(job)
      const claimed = await store.claim({ jobId: job.id, worker, at: started })
      if (claimed.kind !== 'claimed') throw new Error(claimed.kind)
      return { jobId: job.id, fence: claimed.job.fence }
    }
    const end = (holder: { jobId: string; fence: number }, changes: Partial<Finish> = {}): Finish => ({
      ...holder,
      status: 'succeeded',
      outcome: 'succeeded',
      at: started + 1000,
      output: null,
      error: null,
      stage: 'handler',
      progress: null,
      logLines: 0,
      ...changes,
    })
    const error = { code: 'x', message: 'x' }
    /** What the rows themselves say. */
    async function rowsByStatus() {
      const rows = await opened.db.query.selectFrom('jobs').select(['status']).execute()
      return Object.fromEntries(
        terminalStatuses.map((status) => [status, rows.filter((row) => row.status === status).length]),
      )
    }

    it('agree with the rows, whichever way a job ends', async () => {
      const holders = await Promise.all([running(), running(), running(), running()])
      const [a, b, c, d] = holders as [Finish, Finish, Finish, Finish]
      await Promise.all([
        store.finish(end(a)),
        store.finish(end(b, { status: 'failed', outcome: 'failed', error })),
      ])
      const request = { at: started + 2000, by: 'ada', reason: null, force: false }
      await store.requestCancel({ jobId: c.jobId, request })
      await store.finish(end(c))
      // Tried again, so it has not ended.
      await store.finish(end(d, { status: 'queued', outcome: 'interrupted', error }))
      const waiting = newJob()
      await store.insert(waiting)
      await store.requestCancel({ jobId: waiting.id, request })
      await running('worker-2')
      await store.reap('worker-2', started + 3000)

      const { counts } = await store.counts()
      expect(counts).toMatchObject({ succeeded: 1, failed: 1, cancelled: 2, lost: 1, queued: 1, running: 0 })
      expect(counts).toMatchObject(await rowsByStatus())
      const byHour = Object.fromEntries(
        (await tallies.byStatus(hourMs, started)).map(({ status, jobs }) => [status, Number(jobs)]),
      )
      expect(byHour).toEqual({ succeeded: 1, failed: 1, cancelled: 2, lost: 1 })
    })

    it('do not count a finish that came too late', async () => {
      const holder = await running()
      await store.finish(end(holder))
      await store.finish(end(holder))
      expect((await store.counts()).counts).toMatchObject(await rowsByStatus())
    })

    it('count what retention removed as ended, and no longer as there', async () => {
      const holder = await running()
      await store.finish(end(holder))
      const before = await tallies.byStatus(hourMs, started)
      await store.delete([holder.jobId])
      expect((await store.counts()).counts).toMatchObject(await rowsByStatus())
      expect(await tallies.byStatus(hourMs, started)).toEqual(before)
    })

    it('are the same when they are made afresh from the rows, as a migration does', async () => {
      const overTime = async () =>
        (await tallies.byOperation(hourMs, started)).map((row) => JSON.stringify(row)).sort()
      const holder = await running()
      await store.finish(end(holder, { at: started + 12_345 }))
      await opened.db.query.deleteFrom('jobs').where('ended_at', 'is', null).execute()
      const counts = await rowsByStatus()
      await opened.db.query.deleteFrom('job_tallies').execute()
      for (const text of tallyAll(opened.db.dialect)) {
        await opened.db.query.executeQuery({
          sql: text,
          parameters: [],
          query: { kind: 'RawNode', sqlFragments: [text], parameters: [] },
          queryId: { queryId: 'migration' },
        } as never)
      }
      expect((await store.counts()).counts).toMatchObject(counts)
      const afresh = await overTime()
      expect(afresh).toContain(
        JSON.stringify({ toolkit: 'demo', operation: 'run', status: 'succeeded', bucket: 54, jobs: 1 }),
      )
    })

    it('keep the first sample of the queue in a minute, and answer the most of a step', async () => {
      const sample = (at: number, queued: number) => ({ at, queued, running: 1, oldestMs: queued * 10 })
      await tallies.sampleQueue(sample(started + 100, 5))
      await tallies.sampleQueue(sample(started + 200, 50))
      await tallies.sampleQueue(sample(started + minuteMs, 7))
      expect(await tallies.queueSamples(started, hourMs)).toEqual([
        { slot: started, queued: 7, running: 1, oldestMs: 70 },
      ])
      expect((await tallies.queueSamples(started, minuteMs)).map(({ queued }) => queued)).toEqual([5, 7])
    })

    it('are dropped when nobody asks for them any more', async () => {
      await tallies.prune(started + 400 * hourMs)
      expect(await tallies.byStatus(minuteMs, 0)).toEqual([])
      expect(await tallies.byStatus(hourMs, 0)).toEqual([])
      expect(await tallies.queueSamples(0, hourMs)).toEqual([])
      expect((await store.counts()).counts).toMatchObject(await rowsByStatus())
    })
  })
})
