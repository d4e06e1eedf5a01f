import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createIds } from '../kernel/ids.ts'
import { maxAttemptsByWorkers } from './job.ts'
import type { Finish, JobStore, LimitsOf, NewJob } from './ports.ts'

/** What every job store must do, whatever the database. */
export function describeJobStore(
  name: string,
  open: (limitsOf: LimitsOf) => Promise<{ store: JobStore } & AsyncDisposable>,
) {
  describe(`job store on ${name}`, () => {
    const clock = { now: () => Date.now() }
    const ids = createIds(clock)
    const limits: Record<string, number> = {}
    let opened: { store: JobStore } & AsyncDisposable
    let store: JobStore

    beforeAll(async () => {
      opened = await open((toolkit, operation) => ({
        operation: limits[`${toolkit}.${operation}`] ?? null,
        toolkit: limits[toolkit] ?? null,
      }))
      store = opened.store
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
      idempotent: true,
      timeoutMs: 60_000,
      createdAt: clock.now(),
      runAt: null,
      retryOf: null,
      scheduleId: null,
      input: { text: 'quote \' and "double" and ü' },
      ...changes,
    })
    async function inserted(changes: Partial<NewJob> = {}) {
      const job = newJob(changes)
      await store.insert(job)
      return job
    }
    async function running(changes: Partial<NewJob> = {}, worker = 'worker-1') {
      const { id } = await inserted(changes)
      const answer = await store.claim({ jobId: id, worker, at: clock.now() })
      if (answer.kind !== 'claimed') throw new Error(`not claimed: ${answer.kind}`)
      return answer.job
    }
    const end = (job: { id: string; fence: number }, changes: Partial<Finish> = {}): Finish => ({
      jobId: job.id,
      fence: job.fence,
      status: 'succeeded',
      outcome: 'succeeded',
      at: clock.now(),
      output: { answer: 42 },
      error: null,
      stage: 'handler',
      progress: null,
      logLines: 0,
      ...changes,
    })

    it('keeps a job and its input as they were given', async () => {
      const { id, input } = await inserted()
      expect(await store.get(id)).toMatchObject({ id, status: 'queued', attempt: 0, fence: 0, revision: 1 })
      expect(await store.input(id)).toEqual(input)
    })

    it('gives one job for one idempotency key, also when both come in the same moment', async () => {
      const answers = await Promise.all([
        store.insert(newJob({ idempotencyKey: 'same' })),
        store.insert(newJob({ idempotencyKey: 'same' })),
      ])
      expect(new Set(answers.map(({ job }) => job.id)).size).toBe(1)
      expect(answers.map(({ replayed }) => replayed).sort()).toEqual([false, true])
      const other = await store.insert(
        newJob({
          idempotencyKey: 'same',
          requestedBy: { id: 'user-2', name: 'bob', token: null, tokenId: null },
        }),
      )
      expect(other.replayed).toBe(false)
    })

    it('lets exactly one of many claims have a job', async () => {
      const { id, input } = await inserted()
      const claims = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          store.claim({ jobId: id, worker: `worker-${index}`, at: 1000 }),
        ),
      )
      const won = claims.filter((claim) => claim.kind === 'claimed')
      expect(won).toHaveLength(1)
      expect(won[0]).toMatchObject({ input, job: { status: 'running', attempt: 1, fence: 1 } })
      expect(claims.filter(({ kind }) => kind === 'gone')).toHaveLength(7)
    })

    it('ends a job once, with its result', async () => {
      const job = await running()
      const ends = await Promise.all([store.finish(end(job)), store.finish(end(job, { status: 'failed' }))])
      expect(ends.map((row) => row?.status ?? null)).toEqual(['succeeded', null])
      expect(await store.result(job.id)).toEqual({ answer: 42 })
    })

    it('refuses every write with a stale fencing token, and changes nothing', async () => {
      const job = await running()
      const stale = { jobId: job.id, fence: job.fence - 1 }
      const line = { at: 1, level: 'info', text: 'stale' } as const
      const progress = {
        percent: 1,
        message: null,
        steps: [],
        done: null,
        total: null,
        unit: null,
        throughput: null,
        remainingSeconds: null,
      }
      expect(await store.appendLogs({ ...stale, attempt: 1, firstSeq: 1, lines: [line] })).toBe(false)
      expect(await store.saveProgress({ ...stale, progress, logLines: 0 })).toBe(false)
      expect(await store.finish(end({ id: job.id, fence: job.fence - 1 }))).toBeNull()
      expect(await store.get(job.id)).toMatchObject({ status: 'running', progress: null, logLines: 0 })
      expect(await store.logs({ jobId: job.id, limit: 10 })).toEqual([])
    })

    it('never lets a job succeed once its cancellation was acknowledged', async () => {
      const job = await running()
      const [cancelled, ended] = await Promise.all([
        store.requestCancel({
          jobId: job.id,
          request: { at: 5, by: 'ada', reason: 'wrong host', force: false },
        }),
        store.finish(end(job)),
      ])
      expect(cancelled?.status).toBe('cancelling')
      expect(ended?.status).toBe('cancelled')
      expect(await store.get(job.id)).toMatchObject({
        status: 'cancelled',
        cancellation: { by: 'ada', reason: 'wrong host', stage: 'handler' },
      })
      expect(await store.result(job.id)).toBeNull()
      expect(
        await store.requestCancel({
          jobId: job.id,
          request: { at: 6, by: 'ada', reason: null, force: false },
        }),
      ).toBeNull()
    })

    it('keeps a job that waits for a person until one has answered, and counts its attempts on', async () => {
      const job = await running()
      const waits = end(job, { status: 'waiting_approval', outcome: 'waiting', output: null })
      expect(await store.finish(waits)).toMatchObject({ status: 'waiting_approval' })
      expect(await store.get(job.id)).toMatchObject({
        status: 'waiting_approval',
        endedAt: null,
        error: null,
      })
      const claim = { jobId: job.id, worker: 'worker-2', at: clock.now() }
      expect(await store.claim(claim)).toEqual({ kind: 'gone' })

      expect(await store.resume(job.id)).toMatchObject({ status: 'queued' })
      expect(await store.resume(job.id)).toBeNull()
      expect(await store.claim(claim)).toMatchObject({ kind: 'claimed', job: { attempt: 2, fence: 2 } })
      expect(await store.earlierAttempts(job.id)).toMatchObject([{ attempt: 1, outcome: 'waiting' }])
    })

    it('cancels a job that waits for a person', async () => {
      const job = await running()
      await store.finish(end(job, { status: 'waiting_approval', outcome: 'waiting', output: null }))
      const request = { at: clock.now(), by: 'ada', reason: null, force: false }
      expect(await store.requestCancel({ jobId: job.id, request })).toMatchObject({ status: 'cancelled' })
      expect(await store.resume(job.id)).toBeNull()
    })

    it('cancels what has not started at once', async () => {
      for (const status of ['queued', 'scheduled'] as const) {
        const { id } = await inserted({ status, runAt: status === 'scheduled' ? Date.now() + 60_000 : null })
        const job = await store.requestCancel({
          jobId: id,
          request: { at: 7, by: 'ada', reason: null, force: false },
        })
        expect(job).toMatchObject({
          status: 'cancelled',
          endedAt: 7,
          cancellation: { stage: 'before_start' },
        })
        expect(await store.claim({ jobId: id, worker: 'w', at: 8 })).toEqual({ kind: 'gone' })
      }
    })

    it('stores log lines in order, and windows, searches and filters them', async () => {
      const job = await running()
      const lines = Array.from({ length: 10 }, (_, index) => ({
        at: index,
        level: index % 2 === 0 ? ('info' as const) : ('error' as const),
        text: `Line ${index + 1}`,
      }))
      const append = { jobId: job.id, fence: job.fence, attempt: 1 }
      expect(
        await Promise.all([
          store.appendLogs({ ...append, firstSeq: 1, lines: lines.slice(0, 4) }),
          store.appendLogs({ ...append, firstSeq: 5, lines: lines.slice(4) }),
        ]),
      ).toEqual([true, true])
      const seqs = async (window: object) =>
        (await store.logs({ jobId: job.id, limit: 3, ...window })).map(({ seq }) => seq)
      expect(await seqs({})).toEqual([1, 2, 3])
      expect(await seqs({ after: 4 })).toEqual([5, 6, 7])
      expect(await seqs({ before: 10 })).toEqual([7, 8, 9])
      expect(await seqs({ q: 'LINE 1' })).toEqual([1, 10])
      expect(await seqs({ q: 'Line_1' })).toEqual([])
      expect(await seqs({ q: 'l\\ine' })).toEqual([])
      expect(await seqs({ level: 'warn' })).toEqual([2, 4, 6])
      expect((await store.get(job.id))?.logLines).toBe(10)
    })

    it('stores whatever a handler says, with a mark in place of what no text can hold', async () => {
      const job = await running()
      const hostile = 'NUL \0, half a pair \ud83d, and \\u0000 as it is'
      const lines = [{ at: 1, level: 'info' as const, text: hostile }]
      await store.appendLogs({ jobId: job.id, fence: job.fence, attempt: 1, firstSeq: 1, lines })
      const error = { code: 'handler_error', message: hostile }
      await store.finish(end(job, { status: 'failed', outcome: 'failed', error, logLines: 1 }))
      const mildly = /^NUL [\0\ufffd], half a pair \ufffd, and \\u0000 as it is$/
      expect((await store.logs({ jobId: job.id, limit: 1 }))[0]?.text).toMatch(mildly)
      expect((await store.get(job.id))?.error?.message).toMatch(mildly)
    })

    it('holds back what would exceed the concurrency of an operation or a toolkit', async () => {
      limits['bounded.run'] = 2
      limits.whole = 3
      const wholes = await Promise.all(
        ['a', 'b', 'c', 'd'].map((operation) => inserted({ toolkit: 'whole', operation })),
      )
      const jobs = await Promise.all(Array.from({ length: 4 }, () => inserted({ toolkit: 'bounded' })))
      const claim = (id: string) => store.claim({ jobId: id, worker: 'worker-1', at: 1 })
      const kinds = (await Promise.all(jobs.map(({ id }) => claim(id)))).map(({ kind }) => kind)
      expect(kinds).toEqual(['claimed', 'claimed', 'limited', 'limited'])
      const ofWhole = (await Promise.all(wholes.map(({ id }) => claim(id)))).map(({ kind }) => kind)
      expect(ofWhole).toEqual(['claimed', 'claimed', 'claimed', 'limited'])
      await store.finish(end({ id: jobs[0]?.id ?? '', fence: 1 }))
      expect((await claim(jobs[2]?.id ?? '')).kind).toBe('claimed')
    })

    it('takes over what a dead worker held: repeated where that is safe, lost where it is not', async () => {
      const lease = { id: 'worker-dead', description: 'test', startedAt: 0, heartbeatAt: 0, leaseMs: 10 }
      await store.register(lease)
      const safe = await running({ idempotent: true }, 'worker-dead')
      const unsafe = await running({ idempotent: false }, 'worker-dead')
      const cancelling = await running({ idempotent: true }, 'worker-dead')
      await store.requestCancel({
        jobId: cancelling.id,
        request: { at: 1, by: 'ada', reason: null, force: false },
      })

      await store.reap('worker-dead', 99)
      expect(await store.get(safe.id)).toMatchObject({ status: 'queued', endedAt: null })
      expect(await store.get(unsafe.id)).toMatchObject({
        status: 'lost',
        endedAt: 99,
        error: { code: 'worker_lost' },
      })
      expect(await store.get(cancelling.id)).toMatchObject({
        status: 'cancelled',
        cancellation: { stage: 'worker_gone' },
      })
      expect((await store.workers()).map(({ id }) => id)).not.toContain('worker-dead')
      expect(await store.heartbeat({ ...lease, heartbeatAt: 100 })).toBe(false)
      expect(await store.finish(end(safe))).toBeNull()
      expect(await store.earlierAttempts(safe.id)).toMatchObject([{ attempt: 1, outcome: 'interrupted' }])
      const again = await store.claim({ jobId: safe.id, worker: 'worker-2', at: 100 })
      expect(again).toMatchObject({ kind: 'claimed', job: { attempt: 2, fence: 3 } })
    })

    it('gives up a job under which one worker after another has died', async () => {
      const { id } = await inserted({ idempotent: true })
      for (let death = 1; death <= maxAttemptsByWorkers; death++) {
        const worker = `worker ${death}`
        await store.register({ id: worker, description: '', startedAt: 0, heartbeatAt: 0, leaseMs: 1 })
        expect((await store.claim({ jobId: id, worker, at: 1 })).kind).toBe('claimed')
        await store.reap(worker, 2)
      }
      expect(await store.get(id)).toMatchObject({
        status: 'lost',
        attempt: maxAttemptsByWorkers,
        error: { message: expect.stringContaining('tried 20 times') },
      })
    })

    it('promotes scheduled jobs when they are due', async () => {
      const soon = await inserted({ status: 'scheduled', runAt: 500 })
      const later = await inserted({ status: 'scheduled', runAt: 9_000_000_000_000 })
      expect((await store.promoteDue(1000, 10)).map(({ id }) => id)).toEqual([soon.id])
      expect((await store.get(later.id))?.status).toBe('scheduled')
    })

    it('finds what a schedule made, and nothing else, narrowed by the other filters', async () => {
      const scheduleId = ids()
      const by = (name: string) => ({ id: name, name, token: null, tokenId: null })
      const first = await inserted({ scheduleId, requestedBy: by('user-1') })
      const second = await inserted({ scheduleId, requestedBy: by('user-2') })
      await inserted({ scheduleId: ids() })
      await inserted()
      const found = async (filter: object) =>
        (await store.list({ scheduleId, ...filter }, { cursor: null, limit: 50 })).jobs.map(({ id }) => id)
      expect(await found({})).toEqual([second.id, first.id])
      expect(await found({ requestedBy: 'user-1' })).toEqual([first.id])
      expect(await found({ status: ['failed'] })).toEqual([])
      expect((await store.get(first.id))?.scheduleId).toBe(scheduleId)
    })

    it('answers the statuses of the jobs that are there', async () => {
      const { id } = await inserted()
      expect(await store.statuses([id, ids()])).toEqual(new Map([[id, 'queued']]))
      expect(await store.statuses([])).toEqual(new Map())
    })

    it('pages newest first, and every filter narrows', async () => {
      const made = []
      for (let index = 0; index < 7; index++)
        made.push(await inserted({ toolkit: 'paged', operation: index % 2 ? 'odd' : 'even' }))
      const newest = made.map(({ id }) => id).reverse()
      const first = await store.list({ toolkit: 'paged' }, { cursor: null, limit: 3 })
      expect(first.jobs.map(({ id }) => id)).toEqual(newest.slice(0, 3))
      const second = await store.list({ toolkit: 'paged' }, { cursor: first.cursor, limit: 10 })
      expect(second).toMatchObject({ cursor: null })
      expect(second.jobs.map(({ id }) => id)).toEqual(newest.slice(3))
      const count = async (filter: object) =>
        (await store.list({ toolkit: 'paged', ...filter }, { cursor: null, limit: 50 })).jobs.length
      expect(await count({ operation: 'odd' })).toBe(3)
      expect(await count({ status: ['queued', 'running'] })).toBe(7)
      expect(await count({ status: ['failed'] })).toBe(0)
      expect(await count({ requestedBy: 'user-1' })).toBe(7)
      expect(await count({ requestedBy: 'nobody' })).toBe(0)
      expect(await count({ q: 'PAGED.EVEN' })).toBe(4)
      expect(await count({ q: '%' })).toBe(0)
      expect(await count({ since: Date.now() + 60_000 })).toBe(0)
      expect(await count({ until: Date.now() + 60_000 })).toBe(7)
    })

    it('finds text as it is typed: letters beyond ASCII, and what means something in a pattern', async () => {
      const requestedBy = { id: 'user-2', name: 'Örsted_50%\\', token: null, tokenId: null }
      const { id } = await inserted({ toolkit: 'found', requestedBy })
      const find = async (q: string) =>
        (await store.list({ toolkit: 'found', q }, { cursor: null, limit: 5 })).jobs.map((job) => job.id)
      for (const q of ['Örsted', 'STED_50', '50%\\', id, 'FOUND.RUN']) expect(await find(q)).toEqual([id])
      for (const q of ['sted-50', '_\\', '%%']) expect(await find(q)).toEqual([])
    })

    it('hands out queued jobs by priority, then by age', async () => {
      const [low, high, middle] = [
        await inserted({ priority: 80 }),
        await inserted({ priority: 90 }),
        await inserted({ priority: 80 }),
      ]
      const order = (await store.queued(1000)).map(({ jobId }) => jobId)
      expect(order.slice(0, 3)).toEqual([high.id, low.id, middle.id])
    })

    it('removes expired jobs whole, and never one that has not ended', async () => {
      const job = await running({ toolkit: 'expiring' })
      await store.appendLogs({
        jobId: job.id,
        fence: 1,
        attempt: 1,
        firstSeq: 1,
        lines: [{ at: 1, level: 'info', text: 'x' }],
      })
      await store.finish(end(job))
      const alive = await running({ toolkit: 'expiring' })
      const soon = clock.now() + 1000
      expect(await store.expired({ endedBefore: soon, keep: null }, 1000)).toContain(job.id)
      expect(await store.expired({ endedBefore: soon, keep: null }, 1000)).not.toContain(alive.id)
      await store.delete([job.id, alive.id])
      expect(await store.get(job.id)).toBeNull()
      expect(await store.logs({ jobId: job.id, limit: 1 })).toEqual([])
      expect((await store.get(alive.id))?.status).toBe('running')
      expect(await store.input(alive.id)).not.toBeNull()
    })
  })
}
