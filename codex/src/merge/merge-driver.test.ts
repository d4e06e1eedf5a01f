import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { scratch, testDeps } from '../../test/scratch.ts'
import { checkFiles } from '../doctor/check-files.ts'
import { diagnose, repair } from '../doctor/doctor.ts'
import { initWorkspace } from '../init/init-workspace.ts'
import { readEntries } from '../journal/read-entries.ts'
import { createSessions } from '../sessions/sessions.ts'

// git starts a process for every file it merges.
vi.setConfig({ testTimeout: 60_000 })

const toolbox = fileURLToPath(new URL('../../test/toolbox.js', import.meta.url))
const roadmap = `# Roadmap
version: 1
updated: 2026-01-01
areas:
  - id: jobs
    title: Jobs
    tasks:
      - id: engine
        title: Build the engine
        status: backlog # soon
        priority: high
      - id: logs
        title: Tail the logs
        status: backlog
        priority: medium
      - id: cron
        title: Run on a schedule
        blockers: [one, two]
`

/** A repository with the driver installed, at the point where two branches part. */
async function repository() {
  const place = scratch({ 'docs/TODO.yaml': roadmap })
  place.git('init', '--quiet', '--initial-branch=main')
  place.git('config', 'user.name', 'test')
  place.git('config', 'user.email', 'test@localhost')
  await initWorkspace(place.root, new Date('2026-03-01T08:00:00Z'), [process.execPath, toolbox])
  const commit = (message: string) => {
    place.git('add', '--all')
    place.git('commit', '--quiet', '--message', message)
  }
  commit('Begin')
  const edit = (from: string | RegExp, to: string) => {
    const text = place.read('docs/TODO.yaml')
    const after = text.replace(from, to)
    expect(after).not.toBe(text)
    place.write('docs/TODO.yaml', after)
  }
  /** Work on a branch of its own; main goes on meanwhile. */
  const onBranch = async (work: () => Promise<void> | void) => {
    place.git('switch', '--quiet', '--create', 'side', 'main')
    await work()
    commit('Work on the side')
    place.git('switch', '--quiet', 'main')
  }
  return { ...place, commit, edit, onBranch }
}

type Repository = Awaited<ReturnType<typeof repository>>

async function work(
  place: Repository,
  actor: string,
  start: string,
  task: string,
  note: string,
): Promise<void> {
  const sessions = createSessions(testDeps(place.root, actor, start))
  await sessions.start({ task })
  await sessions.note(note)
  await sessions.finish(`${actor} stops here`)
}

const ways: [string, (place: Repository) => void][] = [
  ['merge', ({ git }) => git('merge', '--quiet', '--no-edit', 'side')],
  ['rebase', ({ git }) => git('rebase', '--quiet', 'main', 'side')],
  ['cherry-pick', ({ git }) => git('cherry-pick', 'side')],
]

describe.each(ways)('git %s', (_way, bring) => {
  test('brings both sides of the memory together, and the snapshot is what follows from them', async () => {
    using place = await repository()
    await place.onBranch(() => work(place, 'bob', '2026-03-01T09:00:00Z', 'engine', 'the belt was loose'))
    await work(place, 'carol', '2026-03-01T10:00:00Z', 'logs', 'lines arrive')
    place.commit('Work on main')
    bring(place)

    expect(place.git('status', '--porcelain')).toBe('')
    const [engine, logs] = parse(place.read('docs/TODO.yaml')).areas[0].tasks
    expect([engine.status, logs.status]).toEqual(['in_progress', 'in_progress'])
    expect(place.read('docs/TODO.yaml')).toContain('# soon')
    const { workspace } = testDeps(place.root)
    expect(readEntries(workspace, {}).map((each) => each.task)).toEqual(['jobs/engine', 'jobs/logs'])
    const progress = JSON.parse(place.read('ai/state/progress.json'))
    expect(progress.session_counter).toBe(2)
    expect(progress.recent_updates.map((each: { task_id: string }) => each.task_id)).toEqual([
      'jobs/logs',
      'jobs/engine',
    ])
    expect(await diagnose(workspace)).toEqual({ findings: [], ailments: [] })
  })

  test('brings sessions on one task into one entry, by their times', async () => {
    using place = await repository()
    await work(place, 'alice', '2026-03-01T09:00:00Z', 'engine', 'first look')
    place.commit('Look')
    await place.onBranch(() => work(place, 'bob', '2026-03-01T10:00:00Z', 'engine', 'from the side'))
    await work(place, 'carol', '2026-03-01T11:00:00Z', 'engine', 'from main')
    place.commit('Work on main')
    bring(place)

    const [entry, ...others] = readEntries(testDeps(place.root).workspace, {})
    expect(others).toEqual([])
    const bullets = entry?.text.split('\n').filter((line) => line.startsWith('- 2026'))
    const times = bullets?.map((line) => line.slice(2, 18))
    expect(times).toHaveLength(9)
    expect(times).toEqual(times?.toSorted())
    expect(await diagnose(testDeps(place.root).workspace)).toEqual({ findings: [], ailments: [] })
  })
})

describe('backlogs of two branches', () => {
  async function merged(ours: (place: Repository) => void, theirs: (place: Repository) => void) {
    const place = await repository()
    await place.onBranch(() => theirs(place))
    ours(place)
    place.commit('Work on main')
    let conflict = false
    try {
      place.git('merge', '--quiet', '--no-edit', 'side')
    } catch {
      conflict = true
    }
    const text = place.read('docs/TODO.yaml')
    place[Symbol.dispose]()
    return { text, conflict }
  }

  test('merge different keys of neighbouring lines, where git alone would stop', async () => {
    const { text, conflict } = await merged(
      ({ edit }) => edit('status: backlog # soon', 'status: in_progress # soon'),
      ({ edit }) => edit('priority: high', 'priority: critical # urgent'),
    )
    expect(conflict).toBe(false)
    expect(text).toBe(
      roadmap
        .replace('status: backlog # soon', 'status: in_progress # soon')
        .replace('priority: high', 'priority: critical # urgent'),
    )
  })

  test('merge tasks that both added at the same place, and lists item by item', async () => {
    const { text, conflict } = await merged(
      ({ edit, read, write }) => {
        edit('[one, two]', '[two, three]')
        write('docs/TODO.yaml', `${read('docs/TODO.yaml')}      - id: ours\n        title: Ours\n`)
      },
      ({ edit, read, write }) => {
        edit('[one, two]', '[one, two, four]')
        write('docs/TODO.yaml', `${read('docs/TODO.yaml')}      - id: theirs\n        title: Theirs\n`)
      },
    )
    expect(conflict).toBe(false)
    const { tasks } = parse(text).areas[0]
    expect(tasks.map((task: { id: string }) => task.id)).toEqual(['engine', 'logs', 'cron', 'ours', 'theirs'])
    expect(tasks[2].blockers).toEqual(['two', 'three', 'four'])
  })

  test('agree that work which landed on one side is done', async () => {
    const { text, conflict } = await merged(
      ({ edit }) => edit('status: backlog # soon', 'status: blocked # soon'),
      ({ edit }) => edit('status: backlog # soon', 'status: done # soon'),
    )
    expect([conflict, parse(text).areas[0].tasks[0].status]).toEqual([false, 'done'])
  })

  test('keep a task that one side removed and the other changed', async () => {
    const { text, conflict } = await merged(
      ({ write }) => write('docs/TODO.yaml', roadmap.replace(/ +- id: logs\n(.*\n){3}/, '')),
      ({ edit }) => edit('Tail the logs', 'Tail all logs'),
    )
    expect(conflict).toBe(false)
    expect(parse(text).areas[0].tasks[1].title).toBe('Tail all logs')
  })

  test('mark only the line on which they really disagree', async () => {
    const { text, conflict } = await merged(
      ({ edit }) => {
        edit('priority: high', 'priority: low')
        edit('Tail the logs', 'Tail some logs')
      },
      ({ edit }) => {
        edit('priority: high', 'priority: critical')
        edit('status: backlog\n', 'status: done\n')
      },
    )
    expect(conflict).toBe(true)
    expect(text).toContain(
      '<<<<<<< ours\n        priority: low\n=======\n        priority: critical\n>>>>>>> theirs\n      - id: logs',
    )
    expect(text).toContain('title: Tail some logs\n        status: done')
    expect(text.match(/^<{7}/gm)).toHaveLength(1)
  })

  test("leave git's marks rather than lose a comment", async () => {
    const { text, conflict } = await merged(
      ({ edit }) => edit('        priority: high\n', '        priority: low\n'),
      ({ edit }) =>
        edit(
          '        priority: high\n',
          '        # the customer waits\n        priority: high\n        effort: 3\n',
        ),
    )
    expect(text).toContain('# the customer waits')
    expect(text).toContain('priority: low')
    expect(conflict).toBe(text.includes('<<<<<<<'))
  })

  test('leave a side that is no backlog to people', async () => {
    const { text, conflict } = await merged(
      ({ edit }) => edit('priority: high', 'priority: low'),
      ({ edit }) => edit('priority: high', 'priority: [high'),
    )
    expect(conflict).toBe(true)
    expect(text).toContain('<<<<<<<')
  })
})

describe('journals of two branches', () => {
  test('keep the order of dates, and prose as it was written', async () => {
    using place = await repository()
    const journal = (text: string) =>
      place.write('ai/state/journal.md', `# Journal\n\n## 2026-01-01 Old\n\n- a\n${text}`)
    journal('')
    place.commit('Keep a journal')
    await place.onBranch(() =>
      journal('\n## 2026-01-02 Side\n\nProse *here*.\n\n## 2026-01-05 Late\n\n- late\n'),
    )
    journal('\n## 2026-01-03 Main\n\n- main\n')
    place.commit('Work on main')
    place.git('merge', '--quiet', '--no-edit', 'side')
    expect(place.read('ai/state/journal.md')).toBe(
      '# Journal\n\n## 2026-01-01 Old\n\n- a\n\n## 2026-01-02 Side\n\nProse *here*.\n\n## 2026-01-03 Main\n\n- main\n\n## 2026-01-05 Late\n\n- late\n',
    )
  })
})

test('a claim made on both branches goes to one session, and doctor tells of the other', async () => {
  using place = await repository()
  const bob = testDeps(place.root, 'bob', '2026-03-01T10:00:00Z')
  await place.onBranch(async () => {
    await createSessions(bob).start({ task: 'engine', detached: true })
  })
  const alice = testDeps(place.root, 'alice', '2026-03-01T09:00:00Z')
  await createSessions(alice).start({ task: 'engine', detached: true })
  place.commit('Work on main')
  place.git('merge', '--quiet', '--no-edit', 'side')
  expect(await checkFiles(bob.workspace)).toEqual([])
  const { ailments } = await diagnose(bob.workspace)
  expect(ailments.find((each) => each.code === 'session_fenced')?.message).toMatch(
    /of bob is open, but jobs\/engine is held by alice/,
  )
})

test('init touches nothing that is there, and can be repeated', async () => {
  using place = scratch({ 'docs/TODO.yaml': roadmap, 'ai/state/journal.md': 'mine' })
  place.git('init', '--quiet')
  const init = () =>
    execFileSync(process.execPath, [toolbox, 'codex', 'init'], { cwd: place.root, encoding: 'utf8' })
  expect(init()).toBe(
    'created  ai/state/progress.json\nkept     docs/TODO.yaml\nkept     ai/state/journal.md\ngit merges these files by meaning in this clone\n',
  )
  const attributes = place.read('.git/info/attributes')
  init()
  expect([place.read('docs/TODO.yaml'), place.read('ai/state/journal.md')]).toEqual([roadmap, 'mine'])
  expect(place.read('.git/info/attributes')).toBe(attributes)
})

describe('a driver that does not run', () => {
  const gone = '/gone/toolbox.js'

  test.each([
    ['whose program is gone', ['/gone/node', gone]],
    ['whose script is gone', [process.execPath, gone]],
    // As one that lacks a package, or is killed.
    ['that fails', ['false']],
  ])('%s loses no edit: git merges line by line, and marks what meets', async (_what, command) => {
    using place = await repository()
    await initWorkspace(place.root, new Date('2026-03-01T08:00:00Z'), command)
    await place.onBranch(() => {
      place.edit('Build the engine', 'Build an engine')
      place.edit('priority: medium', 'priority: low')
    })
    place.edit('Run on a schedule', 'Run by the clock')
    place.edit('priority: medium', 'priority: critical')
    place.commit('Work on main')
    expect(() => place.git('merge', '--no-edit', 'side')).toThrow()
    const text = place.read('docs/TODO.yaml')
    expect(text).toContain('Run by the clock')
    expect(text).toContain('Build an engine')
    expect(text).toMatch(/<<<<<<< ours\n *priority: critical\n=======\n *priority: low\n>>>>>>> theirs\n/)
  })

  test('is found by the doctor where its program is gone, and put right', async () => {
    using place = await repository()
    const { workspace } = testDeps(place.root)
    const codes = async () => (await diagnose(workspace)).ailments.map((each) => each.code)
    expect(await codes()).not.toContain('no_merge_driver')
    await initWorkspace(place.root, new Date('2026-03-01T08:00:00Z'), [process.execPath, gone])
    expect(await codes()).toContain('no_merge_driver')
    await repair(workspace, new Date('2026-03-01T09:00:00Z'), [process.execPath, toolbox])
    expect(await codes()).not.toContain('no_merge_driver')
  })
})
