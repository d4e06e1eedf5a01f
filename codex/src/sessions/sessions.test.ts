import { describe, expect, test } from 'vitest'
import { scratch, smallBacklog, testDeps } from '../../test/scratch.ts'
import { readJournal } from '../journal/journal.ts'
import { createBlockers } from './blockers.ts'
import { readStatus } from './read-status.ts'
import { createSessions } from './sessions.ts'

function open(files: Record<string, string> = {}) {
  const place = scratch({ 'docs/TODO.yaml': smallBacklog, ...files })
  const deps = testDeps(place.root)
  const progress = () => JSON.parse(place.read('ai/state/progress.json'))
  const as = (actor: string, session?: string) => createSessions({ ...deps, actor: () => actor, session })
  return { ...place, deps, sessions: createSessions(deps), as, progress }
}

describe('start', () => {
  test('claims the task that next names, says why, and makes it the focus', async () => {
    using place = open()
    const session = await place.sessions.start({})
    expect(session).toMatchObject({ task: 'jobs/engine', actor: 'alice', fence: 1, state: 'active' })
    expect(session.until).toBe('2026-03-01T13:00:00.000Z')
    expect(place.progress()).toMatchObject({
      active_task: 'jobs/engine',
      why: 'priority high, unblocks 1 task',
      session_counter: 1,
      last_task_id: 'jobs/engine',
    })
    expect(place.read('docs/TODO.yaml')).toBe(smallBacklog.replace('backlog # soon', 'in_progress # soon'))
    expect(place.read('ai/state/journal.md')).toBe(`# Journal

## 2026-03-01 Build the engine

- Task: \`jobs/engine\`
- 2026-03-01 09:00 Started by alice: priority high, unblocks 1 task
`)
  })

  test('refuses a second task in the same checkout, unless detached', async () => {
    using place = open()
    await place.sessions.start({ task: 'engine' })
    await expect(place.sessions.start({ task: 'cron' })).rejects.toMatchObject({ code: 'session_open' })
    const second = await place.as('bob').start({ task: 'cron', detached: true })
    expect(place.progress().sessions).toHaveLength(2)
    await place.as('bob', second.id).note('scheduled')
    expect(place.progress().recent_updates[0]).toMatchObject({ task_id: 'jobs/cron', summary: 'scheduled' })
  })

  test('refuses a task that waits, and says for what', async () => {
    using place = open()
    await expect(place.sessions.start({ task: 'logs' })).rejects.toThrow(/waits for jobs\/engine \(backlog\)/)
    expect(place.read('docs/TODO.yaml')).toBe(smallBacklog)
  })

  test('takes a task from its holder only by force and with a reason', async () => {
    using place = open()
    await place.sessions.start({ task: 'engine' })
    const bob = place.as('bob')
    await expect(bob.start({ task: 'engine', detached: true, force: true })).rejects.toMatchObject({
      code: 'claimed',
    })
    const taken = await bob.start({ task: 'engine', detached: true, force: true, why: 'the site is down' })
    expect(taken).toMatchObject({ actor: 'bob', fence: 2, why: 'the site is down' })
    await expect(place.sessions.note('mine')).rejects.toMatchObject({ code: 'fenced' })
  })

  test('goes on from a snapshot that others kept, and keeps their keys', async () => {
    const before = {
      version: 2,
      session_counter: 41,
      recent_updates: [{ task_id: 'old', status: 'done', summary: 'It works', by: 'carol' }],
      blockers: ['waiting for hardware'],
      mood: 'good',
    }
    using place = open({ 'ai/state/progress.json': JSON.stringify(before, null, 4) })
    await place.sessions.start({})
    expect(place.progress()).toMatchObject({
      version: 2,
      session_counter: 42,
      mood: 'good',
      blockers: ['waiting for hardware'],
    })
    expect(place.progress().recent_updates.map((each: { task_id: string }) => each.task_id)).toEqual([
      'jobs/engine',
      'old',
    ])
    expect(place.progress().recent_updates[1]).toEqual(before.recent_updates[0])
    expect(place.read('ai/state/progress.json')).toMatch(/^\{\n {4}"version"/)
  })
})

describe('an entry that spans sessions', () => {
  test('is appended to, and what others wrote after it stays', async () => {
    using place = open()
    await place.sessions.start({})
    await place.sessions.finish('half way')
    place.write(
      'ai/state/journal.md',
      `${place.read('ai/state/journal.md')}\n## 2026-03-02 Something else\n\nProse.\n`,
    )
    place.deps.advance(24 * 60)
    await place.sessions.start({ task: 'engine' })
    await place.sessions.note('second day:\nit turns')
    const text = place.read('ai/state/journal.md')
    const { entries } = readJournal(text, 'journal.md')
    expect(entries.map((each) => each.title)).toEqual(['Build the engine', 'Something else'])
    expect(text).toContain(
      '- 2026-03-02 09:00 second day:\n  it turns\n\n## 2026-03-02 Something else\n\nProse.\n',
    )
  })
})

describe('a note', () => {
  test.each([
    ['says nothing', '  ', 'nothing_said'],
    ['opens a code block and leaves it open', 'look:\n```sh\nls', 'not_a_bullet'],
  ])('that %s is refused, and the journal stays as it is', async (_what, text, code) => {
    using place = open()
    await place.sessions.start({})
    const before = place.read('ai/state/journal.md')
    await expect(place.sessions.note(text)).rejects.toMatchObject({ code })
    expect(place.read('ai/state/journal.md')).toBe(before)
  })

  test('may hold headings, code and markers of its own', async () => {
    using place = open()
    await place.sessions.start({})
    await place.sessions.note('## 2026-01-01 Not an entry\n<<<<<<< neither\n```\ncode\n```')
    await place.sessions.note('goes on')
    const { entries, findings } = readJournal(place.read('ai/state/journal.md'), 'journal.md')
    expect([entries.length, findings]).toEqual([1, []])
  })
})

describe('pause, resume, hand over, finish, release', () => {
  test('a paused session keeps its claim and gives up the focus', async () => {
    using place = open()
    const { id } = await place.sessions.start({})
    await place.sessions.pause('lunch')
    expect(place.progress()).toMatchObject({ active_task: null, sessions: [{ id, state: 'paused' }] })
    await expect(place.as('bob').start({ task: 'engine' })).rejects.toMatchObject({ code: 'claimed' })
    const resumed = await place.sessions.resume()
    expect(resumed.id).toBe(id)
    expect(place.progress().active_task).toBe('jobs/engine')
  })

  test('a task handed over is free for the next one, with what they need to know', async () => {
    using place = open()
    await place.sessions.start({})
    await place.sessions.handOver('bob', 'the queue is half done')
    expect(place.read('ai/state/journal.md')).toContain('Handed over to bob: the queue is half done')
    const next = await place.as('bob').start({})
    expect(next).toMatchObject({ task: 'jobs/engine', actor: 'bob', fence: 2 })
  })

  test('a released task goes back to the backlog', async () => {
    using place = open()
    await place.sessions.start({})
    await place.sessions.release('wrong moment')
    expect(place.read('docs/TODO.yaml')).toBe(smallBacklog)
    expect(place.progress()).toMatchObject({ active_task: null, sessions: [] })
  })

  test('every step renews the lease', async () => {
    using place = open()
    await place.sessions.start({ lease: '1h' })
    place.deps.advance(50)
    const { until } = await place.sessions.note('still here', '1h')
    expect(until).toBe('2026-03-01T10:50:00.000Z')
  })
})

describe('a renewal', () => {
  test('keeps the claim and says nothing in the journal', async () => {
    using place = open()
    await place.sessions.start({})
    const journal = place.read('ai/state/journal.md')
    place.deps.advance(30)
    const { until, summary } = await place.sessions.renew('1h')
    expect(until).toBe('2026-03-01T10:30:00.000Z')
    expect(summary).not.toBe('')
    expect(place.read('ai/state/journal.md')).toBe(journal)
  })
})

describe('a lease that ended', () => {
  test('lets another one take over, and the first is fenced out of everything', async () => {
    using place = open()
    const first = await place.sessions.start({ lease: '1h' })
    place.deps.advance(61)
    const second = await place.as('bob').start({ task: 'engine', detached: true })
    expect(second.fence).toBe(2)
    const before = place.read('ai/state/journal.md')
    expect(before).toContain(`Taken over from alice (session ${first.id}).`)
    const late = place.as('alice', first.id)
    const attempts = [
      () => late.note('x'),
      () => late.pause('x'),
      () => late.release('x'),
      () => late.finish('x'),
      () => late.handOver('y', 'x'),
    ]
    for (const attempt of attempts) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'fenced',
        message: expect.stringContaining('taken over by bob'),
      })
    }
    expect(place.read('ai/state/journal.md')).toBe(before)
  })

  test('leaves the first free for another task, and tells them so', async () => {
    using place = open()
    await place.sessions.start({ lease: '1h' })
    place.deps.advance(61)
    const second = await place.as('bob').start({ task: 'engine', detached: true })
    expect(await readStatus(place.deps)).toMatchObject({
      focus: null,
      lost: { task: 'jobs/engine', by: 'bob', at: second.openedAt },
    })
    await expect(place.sessions.start({ task: 'cron' })).resolves.toMatchObject({ task: 'jobs/cron' })
    expect(await readStatus(place.deps)).toMatchObject({ focus: { task: 'jobs/cron' }, lost: null })
  })

  test('can be renewed by its holder as long as nobody took over', async () => {
    using place = open()
    await place.sessions.start({ lease: '1h' })
    place.deps.advance(600)
    await expect(place.sessions.note('back again')).resolves.toMatchObject({ state: 'active' })
  })
})

describe('block and unblock', () => {
  test('block says what is missing, ends the session, and next passes the task by', async () => {
    using place = open()
    await place.sessions.start({})
    await createBlockers(place.deps).block(undefined, { text: 'a test cluster' })
    expect(place.read('docs/TODO.yaml')).toContain(
      'status: blocked # soon\n        priority: high\n        blockers:\n          - a test cluster\n',
    )
    expect(place.progress()).toMatchObject({ active_task: null, blockers: ['jobs/engine: a test cluster'] })
    await expect(place.sessions.start({ task: 'engine' })).rejects.toThrow(/blocked: a test cluster/)
    await createBlockers(place.deps).unblock('engine', 'the cluster came')
    expect(place.read('docs/TODO.yaml')).toBe(smallBacklog)
    expect(place.progress().blockers).toEqual([])
    expect(place.read('ai/state/journal.md')).toContain('Unblocked: the cluster came')
  })

  test('one of several blockers can be taken away by its words', async () => {
    using place = open()
    const blockers = createBlockers(place.deps)
    await blockers.block('cron', { text: 'a clock' })
    await blockers.block('cron', { task: 'jobs/engine' })
    await expect(blockers.unblock('cron', 'found', 'a watch')).rejects.toThrow(/a clock; jobs\/engine/)
    await blockers.unblock('cron', 'found', 'a clock')
    expect(place.read('docs/TODO.yaml')).toContain(
      'status: blocked\n        priority: low\n        blockers:\n          - { task: jobs/engine }\n',
    )
  })

  test('the snapshot has what holds up an area, and no longer what waited for a task that is done', async () => {
    using place = open()
    await place.sessions.start({})
    const held = place.read('docs/TODO.yaml').replace('    tasks:', '    blockers: [the licence]\n    tasks:')
    place.write('docs/TODO.yaml', held.replace('status: in_progress # soon', 'status: done # soon'))
    const blockers = createBlockers(place.deps)
    await blockers.block('cron', { task: 'jobs/logs' })
    expect(place.progress().blockers).toEqual(['area jobs: the licence', 'jobs/cron: waits for jobs/logs'])
    place.write('docs/TODO.yaml', place.read('docs/TODO.yaml').replace('jobs/logs', 'jobs/engine'))
    await blockers.block('logs', { text: 'a disk' })
    expect(place.progress().blockers).toEqual(['area jobs: the licence', 'jobs/logs: a disk'])
  })

  test("another one's task is not blocked behind their back", async () => {
    using place = open()
    await place.sessions.start({})
    const bob = createBlockers({ ...place.deps, session: 'none', actor: () => 'bob' })
    await expect(bob.block('engine', { text: 'x' })).rejects.toMatchObject({ code: 'claimed' })
  })
})
