import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ScheduleStore } from './ports.ts'
import type { Schedule } from './schedule.ts'
import { sampleSchedule } from './test/sample-schedule.ts'

/** What every keeper of schedules must do. `other` is the same store as another process has it. */
export function describeScheduleStore(
  name: string,
  open: () => Promise<{ store: ScheduleStore; other: ScheduleStore } & AsyncDisposable>,
): void {
  describe(`schedule store on ${name}`, () => {
    let opened: { store: ScheduleStore; other: ScheduleStore } & AsyncDisposable
    let store: ScheduleStore
    let made = 0
    beforeAll(async () => {
      opened = await open()
      store = opened.store
    })
    afterAll(() => opened[Symbol.asyncDispose]())

    async function add(differs: Partial<Schedule> = {}): Promise<Schedule> {
      const id = `00000000-0000-7000-8000-${String(++made).padStart(12, '0')}`
      const schedule = sampleSchedule({ id, toolkit: `kit-${made}`, ...differs })
      await store.insert(schedule)
      return schedule
    }
    const claimOf = ({ id }: Schedule, now = 60_000) => ({ id, dueAt: 60_000, now, until: now + 30_000 })

    it('gives back what was put in, and nothing for what was not', async () => {
      const plain = await add()
      const full = await add({
        timing: { kind: 'cron', expression: '0 9 * * *', timeZone: 'Europe/Berlin' },
        runsAs: { id: 'u', name: 'ü "quoted"', token: 'ci', tokenId: 't' },
        paused: { at: 5, by: 'ada', reason: null },
        nextRunAt: null,
        priority: -7,
      })
      expect(await opened.other.get(plain.id)).toEqual(plain)
      expect(await opened.other.get(full.id)).toEqual(full)
      expect(await store.get('absent')).toBeNull()
    })

    it('lists the newest first, in pages, narrowed by every filter', async () => {
      const a = await add({ toolkit: 'listed', name: 'Nightly 100 % probe' })
      const b = await add({ toolkit: 'listed', paused: { at: 1, by: 'ada', reason: 'x' }, nextRunAt: null })
      const ids = async (
        filter: Parameters<ScheduleStore['list']>[0],
        limit = 10,
        cursor: string | null = null,
      ) => (await store.list({ toolkit: 'listed', ...filter }, { cursor, limit })).map(({ id }) => id)
      expect(await ids({})).toEqual([b.id, a.id])
      expect(await ids({}, 1)).toEqual([b.id])
      expect(await ids({}, 1, b.id)).toEqual([a.id])
      expect(await ids({ paused: true })).toEqual([b.id])
      expect(await ids({ paused: false })).toEqual([a.id])
      expect(await ids({ q: 'nightly 100 %' })).toEqual([a.id])
      expect(await ids({ q: 'listed.work' })).toEqual([b.id, a.id])
      expect(await ids({ q: '1%0' })).toEqual([])
    })

    it('replaces a schedule that nobody changed, and no other', async () => {
      const first = await add()
      const next = { ...first, name: 'Renamed', version: 2 }
      expect(await store.replace(next, first)).toBe(true)
      expect(await store.get(first.id)).toEqual(next)
      expect(await opened.other.replace({ ...first, name: 'Lost', version: 2 }, first)).toBe(false)
      expect(await store.replace({ ...next, version: 3 }, { version: 2, nextRunAt: null })).toBe(false)
      expect(await store.get(first.id)).toEqual(next)
    })

    it('shows what is due, most overdue first, without toolkits that are left out', async () => {
      const later = await add({ toolkit: 'due', nextRunAt: 1200 })
      const sooner = await add({ toolkit: 'due', nextRunAt: 1100 })
      await add({ toolkit: 'left-out', nextRunAt: 1000 })
      await add({ toolkit: 'due', nextRunAt: null })
      const due = async (now: number, without: string[], limit = 10) =>
        (await store.due(now, without, limit)).map(({ id }) => id)
      expect(await due(1200, ['left-out'])).toEqual([sooner.id, later.id])
      expect(await due(1199, ['left-out'])).toEqual([sooner.id])
      expect(await due(1200, ['left-out'], 1)).toEqual([sooner.id])
      expect(await due(1200, [])).toHaveLength(3)
    })

    it('gives a due time to one of several processes', async () => {
      const schedule = await add()
      const claims = await Promise.all(
        Array.from({ length: 8 }, (_, index) => (index % 2 ? store : opened.other).claim(claimOf(schedule))),
      )
      expect(claims.filter(Boolean)).toEqual([schedule])
      expect((await store.due(60_000, [], 100)).map(({ id }) => id)).not.toContain(schedule.id)
    })

    it('gives it to another when the first has left it', async () => {
      const schedule = await add()
      await store.claim(claimOf(schedule))
      expect(await opened.other.claim(claimOf(schedule, 89_999))).toBeNull()
      expect(await opened.other.claim(claimOf(schedule, 90_000))).toEqual(schedule)
    })

    it('gives no due time that was moved', async () => {
      const schedule = await add({ nextRunAt: 70_000 })
      expect(await store.claim(claimOf(schedule))).toBeNull()
    })

    it('records a run and moves on', async () => {
      const schedule = await add()
      await store.claim(claimOf(schedule))
      const settled = { id: schedule.id, dueAt: 60_000, claimedUntil: 90_000, nextRunAt: 120_000 }
      await store.record({ ...settled, outcome: { jobId: 'job-1' } })
      expect(await store.get(schedule.id)).toEqual({
        ...schedule,
        nextRunAt: 120_000,
        lastRun: { jobId: 'job-1', dueAt: 60_000 },
      })
      expect(await store.claim({ ...claimOf(schedule), dueAt: 120_000 })).not.toBeNull()
    })

    it('records why there was none, and keeps the run before', async () => {
      const lastRun = { jobId: 'job-1', dueAt: 60_000 }
      const schedule = await add({ nextRunAt: 60_000 })
      const settled = { id: schedule.id, claimedUntil: 90_000 }
      await store.record({ ...settled, dueAt: 60_000, nextRunAt: 120_000, outcome: { jobId: 'job-1' } })
      const outcome = { dueAt: 120_000, kind: 'overlap', reason: 'still running' } as const
      await store.record({ ...settled, dueAt: 120_000, nextRunAt: null, outcome })
      expect(await store.get(schedule.id)).toEqual({
        ...schedule,
        nextRunAt: null,
        lastRun,
        lastMissed: outcome,
      })
    })

    it('leaves a next time that somebody set meanwhile', async () => {
      const schedule = await add()
      await store.claim(claimOf(schedule))
      await store.replace({ ...schedule, nextRunAt: 99_000, version: 2 }, schedule)
      await store.record({
        id: schedule.id,
        dueAt: 60_000,
        claimedUntil: 90_000,
        nextRunAt: 120_000,
        outcome: { jobId: 'job-1' },
      })
      expect(await store.get(schedule.id)).toMatchObject({ nextRunAt: 99_000, lastRun: { jobId: 'job-1' } })
    })

    it('takes no record of an older time from a process that stood still', async () => {
      const schedule = await add()
      const settled = { id: schedule.id, claimedUntil: 1, nextRunAt: 180_000 }
      await store.record({ ...settled, dueAt: 120_000, outcome: { jobId: 'newer' } })
      await store.record({ ...settled, dueAt: 60_000, outcome: { jobId: 'older' } })
      expect((await store.get(schedule.id))?.lastRun).toEqual({ jobId: 'newer', dueAt: 120_000 })
    })

    it('removes a schedule once', async () => {
      const { id } = await add()
      expect(await store.remove(id)).toBe(true)
      expect(await store.remove(id)).toBe(false)
      expect(await store.get(id)).toBeNull()
    })
  })
}
