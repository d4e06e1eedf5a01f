import type { ScheduleDetail } from '@sre-toolbox/contract/schedules'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eachDatabase, type OpenDatabase } from '../../../test/support/databases.ts'
import type { ScheduleStore } from './ports.ts'
import { createProcess, createWorld, type Process, person, type World } from './test/scene.ts'

const ada = person('ada')
const minute = 60_000

eachDatabase((name, open) =>
  describe(`what is due on ${name}`, () => {
    let opened: OpenDatabase
    let world: World
    let one: Process
    let other: Process
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened[Symbol.asyncDispose]())
    beforeEach(async () => {
      for (const table of ['schedules', 'jobs', 'job_inputs', 'audit_entries'] as const) {
        await opened.db.query.deleteFrom(table).execute()
      }
      world = createWorld()
      one = createProcess(world, opened.db)
      other = createProcess(world, opened.other)
    })

    async function add(differs: object = {}): Promise<ScheduleDetail> {
      const definition = { name: 'Hourly', toolkit: 'demo', operation: 'work', input: { n: 1 } }
      const timing = { kind: 'interval', everySeconds: 3600 }
      const { schedule } = await one.call<{ schedule: ScheduleDetail }>(ada, 'create', {
        ...definition,
        timing,
        ...differs,
      })
      return schedule
    }
    const read = async ({ id }: ScheduleDetail) =>
      (await one.call<{ schedule: ScheduleDetail }>(ada, 'get', { scheduleId: id })).schedule
    const pass = (minutes: number) => {
      world.now += minutes * minute
    }
    /** Ends all jobs, as a worker would. */
    async function endJobs(): Promise<void> {
      for (const { id } of await one.made()) {
        await one.jobs.cancel(id, 'test', { reason: null, force: false }).catch(() => {})
      }
    }

    it('becomes a job of whoever made the schedule, with its input and priority, linked to it', async () => {
      const schedule = await add({ priority: 7 })
      await one.fireDue()
      expect(await one.made()).toEqual([])
      pass(60)
      await one.fireDue()
      const [job] = await one.made()
      expect(job).toMatchObject({
        toolkit: 'demo',
        operation: 'work',
        priority: 7,
        scheduleId: schedule.id,
        requestedBy: { id: ada.userId, name: 'ada' },
      })
      expect(await one.jobStore.input(job?.id ?? '')).toEqual({ n: 1 })
      expect(await read(schedule)).toMatchObject({
        state: 'active',
        lastRun: { jobId: job?.id, dueAt: '2026-05-01T13:00:00.000Z', status: 'queued' },
        nextRuns: ['2026-05-01T14:00:00.000Z', '2026-05-01T15:00:00.000Z', {}, {}, {}].map((next) =>
          typeof next === 'string' ? next : expect.any(String),
        ),
      })
      expect(await one.audited({ operation: 'demo.work' })).toMatchObject([
        { outcome: 'accepted', jobId: job?.id, detail: 'Schedule "Hourly", due 2026-05-01T13:00:00.000Z' },
      ])
    })

    it('becomes one job however many processes look at the same moment', async () => {
      for (let made = 0; made < 20; made++) await add({ name: `Schedule ${made}` })
      pass(60)
      await Promise.all([one.fireDue(), other.fireDue(), one.fireDue(), other.fireDue()])
      const jobs = await one.made()
      expect(jobs).toHaveLength(20)
      expect(new Set(jobs.map(({ scheduleId }) => scheduleId)).size).toBe(20)
      expect(await one.audited({ operation: 'demo.work' })).toHaveLength(20)
      expect(one.logged).toEqual([])
      expect(other.logged).toEqual([])
    })

    it('becomes one job when a process dies after making it and before writing that down', async () => {
      const schedule = await add()
      const dies = (store: ScheduleStore): ScheduleStore => ({
        ...store,
        record: () => Promise.reject(new Error('the process is gone')),
      })
      pass(60)
      await createProcess(world, opened.db, { spoil: dies }).fireDue()
      expect(await one.made()).toHaveLength(1)
      await other.fireDue()
      expect((await read(schedule)).lastRun).toBeNull()
      pass(1)
      await other.fireDue()
      const [job, ...more] = await one.made()
      expect(more).toEqual([])
      expect(await read(schedule)).toMatchObject({
        lastRun: { jobId: job?.id },
        nextRuns: expect.arrayContaining(['2026-05-01T14:00:00.000Z']),
      })
    })

    it('is tried again when the database fails, and nobody is blamed', async () => {
      const schedule = await add()
      let fails = true
      const flaky = createProcess(world, opened.db, {
        spoil: (store) => ({
          ...store,
          claim: (claim) => (fails ? Promise.reject(new Error('no connection')) : store.claim(claim)),
        }),
      })
      pass(60)
      await flaky.fireDue()
      expect(flaky.logged).toHaveLength(1)
      fails = false
      await flaky.fireDue()
      expect(await one.made()).toHaveLength(1)
      expect((await read(schedule)).paused).toBeNull()
    })

    it('is left out while the job before is not over, says so, and goes on after it', async () => {
      const schedule = await add()
      pass(60)
      await one.fireDue()
      pass(60)
      await one.fireDue()
      const [job, ...more] = await one.made()
      expect(more).toEqual([])
      expect((await read(schedule)).lastMissed).toEqual({
        dueAt: '2026-05-01T14:00:00.000Z',
        kind: 'overlap',
        reason: `The job before, ${job?.id}, was still queued.`,
      })
      await endJobs()
      pass(60)
      await one.fireDue()
      expect(await one.made()).toHaveLength(2)
    })

    it('runs beside the job before where that is allowed', async () => {
      await add({ overlap: 'allow' })
      for (const _ of [1, 2, 3]) {
        pass(60)
        await one.fireDue()
      }
      expect(await one.made()).toHaveLength(3)
    })

    it('runs once after an outage, however many times were missed, and keeps its beat', async () => {
      const schedule = await add()
      pass(60 * 5 + 20)
      await one.fireDue()
      await one.fireDue()
      expect(await one.made()).toHaveLength(1)
      expect((await read(schedule)).nextRuns[0]).toBe('2026-05-01T18:00:00.000Z')
    })

    it('passes over what was missed where that is wanted, and says so', async () => {
      const schedule = await add({ missed: 'skip' })
      pass(60 * 5 + 20)
      await one.fireDue()
      expect(await one.made()).toEqual([])
      expect((await read(schedule)).lastMissed).toMatchObject({ kind: 'late' })
      pass(40)
      await one.fireDue()
      expect(await one.made()).toHaveLength(1)
    })

    it('runs once and is over', async () => {
      const schedule = await add({ timing: { kind: 'once', at: '2026-05-01T12:30:00.000Z' } })
      pass(30)
      await one.fireDue()
      pass(30)
      await one.fireDue()
      expect(await one.made()).toHaveLength(1)
      expect(await read(schedule)).toMatchObject({ state: 'ended', nextRuns: [] })
    })

    it('stands still while its toolkit is disabled, and is treated as after an outage when it is enabled', async () => {
      const late = await add()
      const skips = await add({ missed: 'skip' })
      world.disabled = ['demo']
      pass(125)
      await one.fireDue()
      expect(await one.made()).toEqual([])
      expect(await read(late)).toMatchObject({ state: 'held', paused: null, lastMissed: null })
      world.disabled = []
      await one.fireDue()
      expect((await one.made()).map(({ scheduleId }) => scheduleId)).toEqual([late.id])
      expect(await read(skips)).toMatchObject({ state: 'active', lastMissed: { kind: 'late' } })
    })

    it.each([
      {
        what: 'its user is disabled',
        change: () => world.people.delete(ada.userId ?? ''),
        reason: 'The user who asked for this is gone or disabled.',
      },
      {
        what: 'its user has lost the role',
        change: () => world.people.set(ada.userId ?? '', person('ada', { roles: [] })),
        reason:
          'demo.work needs the role toolkit.user, which ada does not hold. Ask an administrator for it.',
      },
      {
        what: 'the operation is gone',
        change: () => world.missing.push('demo.work'),
        reason: 'No operation is called demo.work. `toolbox call --list` shows all there are.',
      },
    ])('is refused when $what: the schedule pauses itself and says why', async ({ change, reason }) => {
      const schedule = await add()
      change()
      pass(60)
      await one.fireDue()
      pass(60)
      await one.fireDue()
      expect(await one.made()).toEqual([])
      expect(await read(schedule)).toMatchObject({
        state: 'paused',
        paused: { by: 'schedules', reason },
        lastMissed: { dueAt: '2026-05-01T13:00:00.000Z', kind: 'refused', reason },
        nextRuns: [],
      })
      expect(await one.audited({ operation: 'schedules.pause' })).toMatchObject([
        { outcome: 'succeeded', actor: { name: 'schedules' }, detail: reason },
      ])
    })

    it('is no longer due when the schedule is paused or removed', async () => {
      const paused = await add()
      const removed = await add()
      await one.call(ada, 'pause', { scheduleId: paused.id })
      await one.call(ada, 'remove', { scheduleId: removed.id })
      pass(600)
      await one.fireDue()
      expect(await one.made()).toEqual([])
    })

    it('is announced, so that what is shown follows', async () => {
      const { id } = await add()
      const heard: string[] = []
      one.events.subscribe('schedule', ({ scheduleId }) => heard.push(scheduleId))
      pass(60)
      await one.fireDue()
      expect(heard).toEqual([id])
    })
  }),
)
