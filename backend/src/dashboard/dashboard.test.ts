import type { ToolkitSummary } from '@sre-toolbox/contract/toolkits'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTemporarySqlite } from '../../../test/support/databases.ts'
import { createJobStore } from '../jobs/store.sql.ts'
import { createJobTallies } from '../jobs/tallies.sql.ts'
import { systemCaller } from '../kernel/caller.ts'
import { createIds } from '../kernel/ids.ts'
import { createDashboard } from './dashboard.ts'
import type { CardSource, PausedSchedule } from './ports.ts'

const hour = 3_600_000
const noon = Date.UTC(2030, 0, 2, 12)
const caller = systemCaller('test')

describe('the dashboard', () => {
  let opened: Awaited<ReturnType<typeof openTemporarySqlite>>
  let scene: ReturnType<typeof createScene>
  let now: number

  beforeEach(async () => {
    now = noon + 20 * 60_000
    opened = await openTemporarySqlite()
    scene = createScene()
  })
  afterEach(() => opened[Symbol.asyncDispose]())

  function createScene() {
    const clock = { now: () => now }
    const store = createJobStore(opened.db, () => ({ operation: null, toolkit: null }))
    const toolkits: ToolkitSummary[] = []
    const cards: CardSource[] = []
    const paused: PausedSchedule[] = []
    const answers = new Map<string, () => Promise<unknown>>()
    const forbidden = new Set<string>()
    let calls = 0
    const dashboard = createDashboard({
      jobs: store,
      tallies: createJobTallies(opened.db),
      toolkits: { summaries: () => toolkits, cards: () => cards },
      pausedSchedules: async () => paused,
      cardOperations: {
        may: (operation) => !forbidden.has(operation),
        call: async (operation) => {
          calls++
          return answers.get(operation)?.()
        },
      },
      clock,
    })
    async function queued(createdAt: number) {
      const id = createIds({ now: () => createdAt })()
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
        timeoutMs: 60_000,
        createdAt,
        runAt: null,
        retryOf: null,
        scheduleId: null,
        input: {},
      })
      return id
    }
    async function ended(at: number, ranMs: number, status: 'succeeded' | 'failed' = 'succeeded') {
      const jobId = await queued(at - ranMs - 1)
      const claimed = await store.claim({ jobId, worker: 'w', at: at - ranMs })
      if (claimed.kind !== 'claimed') throw new Error(claimed.kind)
      const error = status === 'failed' ? { code: 'broken', message: 'It broke.' } : null
      const rest = { output: null, error, stage: 'handler' as const, progress: null, logLines: 0 }
      await store.finish({ jobId, fence: claimed.job.fence, status, outcome: status, at, ...rest })
      return jobId
    }
    const card = (operation: string): CardSource => ({
      toolkit: 'demo',
      toolkitName: 'Demo',
      card: operation,
      title: operation,
      operation: `demo.${operation}`,
    })
    return { dashboard, toolkits, paused, cards, answers, forbidden, queued, ended, card, calls: () => calls }
  }
  const toolkit = (changes: Partial<ToolkitSummary>): ToolkitSummary => ({
    slug: 'demo',
    name: 'Demo',
    description: '',
    version: '1.0.0',
    enabled: true,
    switched: null,
    bundled: true,
    health: { status: 'healthy', message: null, checkedAt: null },
    operations: 1,
    hasUi: false,
    ...changes,
  })

  it('says that nothing needs anybody when nothing does', async () => {
    scene.toolkits.push(toolkit({}))
    await scene.ended(now - hour, 100)
    const { attention, jobs } = await scene.dashboard.get('24h', caller)
    expect(attention).toEqual([])
    expect(jobs.counts.succeeded).toBe(1)
  })

  it('puts what is broken before what is slow and what was switched off', async () => {
    scene.toolkits.push(
      toolkit({ slug: 'off', name: 'Off', enabled: false }),
      toolkit({ slug: 'slow', health: { status: 'degraded', message: 'slow', checkedAt: null } }),
      toolkit({ slug: 'ill', health: { status: 'unhealthy', message: 'down', checkedAt: null } }),
    )
    await scene.ended(now - hour, 100, 'failed')
    await scene.queued(now - 5 * 60_000)
    scene.paused.push({ id: 'some-id', name: 'nightly', reason: 'Its owner was disabled.' })
    const { attention } = await scene.dashboard.get('24h', caller)
    expect(attention.map(({ kind, tone, href }) => [kind, tone, href])).toEqual([
      ['toolkit_ill', 'bad', '/toolkits/ill'],
      ['jobs_failed', 'bad', '/jobs?status=failed,lost&endedSince=2030-01-01T12%3A00%3A00.000Z'],
      ['schedule_paused', 'bad', '/schedules/some-id'],
      ['toolkit_ill', 'warn', '/toolkits/slow'],
      ['jobs_waiting', 'warn', '/jobs?status=queued'],
      ['toolkit_disabled', 'info', '/toolkits/off'],
    ])
    expect(attention[1]).toMatchObject({
      title: '1 job failed in the last 24 hours',
      says: 'Latest: demo.run: It broke.',
    })
  })

  it('forgets a failure after a day, and shows it still among the latest', async () => {
    await scene.ended(now - 26 * hour, 100, 'failed')
    const { attention, failedLately } = await scene.dashboard.get('24h', caller)
    expect(attention).toEqual([])
    expect(failedLately).toHaveLength(1)
  })

  it('tells how jobs ended for every step of the range, also the empty ones', async () => {
    await scene.ended(now - 2 * hour, 1000)
    await scene.ended(now - 2 * hour, 1000, 'failed')
    await scene.ended(now - 100, 20)
    const day = await scene.dashboard.get('24h', caller)
    expect(day.endedOverTime).toHaveLength(25)
    expect(day.endedOverTime[0]?.from).toBe('2030-01-01T12:00:00.000Z')
    expect(day.endedOverTime[22]).toMatchObject({ succeeded: 1, failed: 1 })
    expect(day.endedOverTime[23]).toMatchObject({ succeeded: 0, failed: 0, p50Ms: null })
    expect(day.endedOverTime[24]).toMatchObject({ succeeded: 1 })
    expect(day.ended).toMatchObject({ succeeded: 2, failed: 1 })
    const lastHour = await scene.dashboard.get('1h', caller)
    expect(lastHour.endedOverTime).toHaveLength(61)
    expect(lastHour.ended).toMatchObject({ succeeded: 1, failed: 0 })
    expect((await scene.dashboard.get('7d', caller)).endedOverTime).toHaveLength(169)
  })

  it('ranks operations by how much they run and by how long they take', async () => {
    await scene.ended(now - hour, 4000)
    const { busiest, slowest } = await scene.dashboard.get('24h', caller)
    expect(busiest).toEqual(slowest)
    expect(busiest[0]).toMatchObject({ toolkit: 'demo', operation: 'run', jobs: 1 })
    expect(Math.abs((busiest[0]?.p95Ms ?? 0) - 4000)).toBeLessThan(400)
  })

  it('keeps how long the queue was, and counts what waits now to the last step', async () => {
    now = noon - hour
    await scene.queued(now - 30_000)
    await scene.dashboard.sample()
    now = noon
    await scene.queued(now)
    const { queueOverTime } = await scene.dashboard.get('24h', caller)
    expect(queueOverTime).toEqual([
      { from: '2030-01-02T11:00:00.000Z', queued: 1, running: 0, oldestSeconds: 30 },
      { from: '2030-01-02T12:00:00.000Z', queued: 2, running: 0, oldestSeconds: 3630 },
    ])
  })

  describe('its cards', () => {
    const content = { status: 'healthy', headline: 'All is well.', rows: [] }

    it('show what the operations of the toolkits answer, one reading for all who look', async () => {
      scene.cards.push(scene.card('good'))
      scene.answers.set('demo.good', async () => content)
      const [first, second] = await Promise.all([
        scene.dashboard.get('24h', caller),
        scene.dashboard.get('1h', caller),
      ])
      expect(first.cards).toEqual([
        { toolkit: 'demo', toolkitName: 'Demo', card: 'good', title: 'good', content, fault: null },
      ])
      expect(second.cards).toEqual(first.cards)
      expect(scene.calls()).toBe(1)
    })

    it('need a person when what they watch is ill, unless their toolkit is ill itself', async () => {
      scene.toolkits.push(toolkit({}))
      scene.cards.push(scene.card('down'), scene.card('slow'), scene.card('good'))
      const row = (label: string, status: string) => ({ label, value: `is ${status}`, status })
      const rows = [row('shop', 'healthy'), row('api', 'unhealthy'), row('cdn', 'degraded')]
      scene.answers.set('demo.slow', async () => ({ status: 'degraded', headline: 'One is slow.', rows }))
      scene.answers.set('demo.down', async () => ({ status: 'unhealthy', headline: 'One is down.', rows }))
      scene.answers.set('demo.good', async () => content)
      expect((await scene.dashboard.get('24h', caller)).attention).toEqual([
        {
          kind: 'card_alarm',
          tone: 'bad',
          title: 'down: One is down.',
          says: 'api: is unhealthy',
          href: '/toolkits/demo',
        },
        {
          kind: 'card_alarm',
          tone: 'warn',
          title: 'slow: One is slow.',
          says: 'cdn: is degraded',
          href: '/toolkits/demo',
        },
      ])
      scene.toolkits[0] = toolkit({ health: { status: 'unhealthy', message: 'down', checkedAt: null } })
      const { attention } = await scene.dashboard.get('24h', caller)
      expect(attention.map(({ kind }) => kind)).toEqual(['toolkit_ill'])
    })

    it('are read again after a while', async () => {
      scene.cards.push(scene.card('good'))
      scene.answers.set('demo.good', async () => content)
      await scene.dashboard.get('24h', caller)
      now += 11_000
      scene.answers.set('demo.good', async () => ({ ...content, headline: 'Changed.' }))
      expect((await scene.dashboard.get('24h', caller)).cards[0]?.content?.headline).toBe('Changed.')
    })

    it('say what is wrong with them, and harm nothing else', async () => {
      scene.cards.push(scene.card('broken'), scene.card('other'))
      scene.answers.set('demo.broken', async () => {
        throw new Error('no')
      })
      scene.answers.set('demo.other', async () => ({ sample: null }))
      const { cards } = await scene.dashboard.get('24h', caller)
      expect(cards.map(({ content: shown }) => shown)).toEqual([null, null])
      expect(cards[0]?.fault).toBeTruthy()
      expect(cards[1]?.fault).toContain('demo.other does not answer what a card shows')
    })

    it('are not waited for when a toolkit takes its time', async () => {
      scene.cards.push(scene.card('slow'))
      const { promise, resolve } = Promise.withResolvers<unknown>()
      scene.answers.set('demo.slow', () => promise)
      const { cards } = await scene.dashboard.get('24h', caller)
      expect(cards[0]).toMatchObject({ content: null, fault: null })
      resolve(content)
      expect((await scene.dashboard.get('24h', caller)).cards[0]?.content).toEqual(content)
    })

    it('are not shown to who may not call their operation', async () => {
      scene.cards.push(scene.card('secret'))
      scene.forbidden.add('demo.secret')
      expect((await scene.dashboard.get('24h', caller)).cards).toEqual([])
      expect(scene.calls()).toBe(0)
    })
  })
})
