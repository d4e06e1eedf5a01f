import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { scratch, smallBacklog, testDeps } from '../../test/scratch.ts'
import { appendEvent } from '../events/chain.ts'
import { createSessions } from '../sessions/sessions.ts'
import { checkFiles } from './check-files.ts'
import { diagnose, repair } from './doctor.ts'

async function started() {
  const place = scratch({ 'docs/TODO.yaml': smallBacklog })
  const deps = testDeps(place.root)
  const session = await createSessions(deps).start({})
  const codes = async () => (await diagnose(deps.workspace)).ailments.map((each) => each.code)
  const cure = () => repair(deps.workspace, deps.now(), ['toolbox'])
  const progress = () => JSON.parse(place.read('ai/state/progress.json'))
  return { ...place, deps, session, codes, cure, progress }
}

describe('doctor', () => {
  test('finds nothing where all is well', async () => {
    using place = await started()
    expect(await diagnose(place.deps.workspace)).toEqual({ findings: [], ailments: [] })
  })

  test('finds nothing in a task that was taken over', async () => {
    using place = await started()
    const bob = { ...place.deps, newId: () => 'bobs', actor: () => 'bob' }
    await createSessions(bob).start({ task: 'engine', force: true, why: 'it burns', detached: true })
    expect(await diagnose(place.deps.workspace)).toEqual({ findings: [], ailments: [] })
    await createSessions({ ...bob, session: 'bobs' }).finish('put out')
    expect(await place.codes()).toEqual([])
  })

  test('derives a snapshot afresh that someone edited, and keeps what it does not know', async () => {
    using place = await started()
    const edited = { ...place.progress(), active_task: 'jobs/cron', mood: 'good' }
    place.write('ai/state/progress.json', JSON.stringify(edited))
    expect(await place.codes()).toEqual(['snapshot_stale'])
    await place.cure()
    expect(place.progress()).toMatchObject({ active_task: 'jobs/engine', mood: 'good' })
    expect(await place.codes()).toEqual([])
  })

  test('sets a snapshot aside that nobody can read, and derives another', async () => {
    using place = await started()
    place.write('ai/state/progress.json', '<<<<<<< HEAD\n')
    expect(await place.codes()).toEqual(['snapshot_unreadable'])
    expect(await place.cure()).toMatchObject({ findings: [] })
    expect(place.progress().active_task).toBe('jobs/engine')
    expect(place.read('ai/state/.local/unfinished/progress.json')).toBe('<<<<<<< HEAD\n')
  })

  test.each([
    ['was set to done by hand', 'status: in_progress # soon', 'status: done # soon', 'session_of_done_task'],
    ['was taken off the backlog', 'id: engine', 'id: motor', 'session_without_task'],
  ])('closes a session whose task %s', async (_what, from, to, code) => {
    using place = await started()
    place.write('docs/TODO.yaml', place.read('docs/TODO.yaml').replace(from, to))
    expect(await place.codes()).toContain(code)
    await place.cure()
    expect(await place.codes()).toEqual([])
    expect(place.progress().sessions).toEqual([])
  })

  test('sets a task back to in progress that someone works on', async () => {
    using place = await started()
    place.write('docs/TODO.yaml', smallBacklog)
    expect(await place.codes()).toContain('status_behind')
    await place.cure()
    expect(place.read('docs/TODO.yaml')).toContain('status: in_progress # soon')
    expect(await place.codes()).toEqual([])
  })

  test('removes what a crash left, and finishes the write it cut off', async () => {
    using place = await started()
    place.write('docs/.123-abc.tmp', 'half')
    place.write(
      'ai/state/.local/pending.json',
      JSON.stringify([{ path: 'ai/new.md', before: null, after: 'whole' }]),
    )
    expect((await place.codes()).toSorted()).toEqual(['leftover', 'write_cut_off'])
    await place.cure()
    expect(place.read('ai/new.md')).toBe('whole')
    expect(await place.codes()).toEqual([])
  })

  test('installs the merge driver in a clone that has none', async () => {
    using place = await started()
    place.git('init', '--quiet')
    expect(await place.codes()).toEqual(['no_merge_driver'])
    await place.cure()
    expect(place.git('config', 'merge.toolbox-codex.driver')).toContain(
      "'toolbox' codex merge-driver %O %A %B %P",
    )
    expect(await place.codes()).toEqual([])
  })

  test('leaves an altered event file to people, and touches nothing else then', async () => {
    using place = await started()
    const path = `ai/state/events/${place.session.id}.jsonl`
    place.write(path, place.read(path).replace('"alice"', '"mallory"'))
    const before = place.read('ai/state/progress.json')
    const { findings } = await place.cure()
    expect(findings).toMatchObject([{ code: 'event_altered', file: path, line: 1 }])
    expect(place.read('ai/state/progress.json')).toBe(before)
  })

  test('tells that the end of a session was cut off, its file removed or its chain sealed anew, once it was committed', async () => {
    using place = await started()
    const path = `ai/state/events/${place.session.id}.jsonl`
    place.git('init', '--quiet')
    place.git('add', '.')
    place.git('commit', '--quiet', '-m', 'Begin')
    const committed = place.read(path)
    await createSessions(place.deps).note('lines that come after are no fault')
    expect(await checkFiles(place.deps.workspace)).toEqual([])
    const resealed = appendEvent('', place.session.id, place.deps.now(), {
      type: 'opened',
      actor: 'mallory',
      task: 'jobs/engine',
      title: 'Build the engine',
      why: 'mine',
      fence: 1,
      until: place.session.until,
    })
    const snapshot = place.read('ai/state/progress.json')
    for (const text of ['', resealed]) {
      place.write(path, text)
      const { findings } = await place.cure()
      expect(findings).toMatchObject([{ code: 'event_gone', severity: 'fatal', file: path }])
    }
    place.git('rm', '--quiet', '--cached', path)
    rmSync(join(place.root, path))
    expect(await checkFiles(place.deps.workspace)).toMatchObject([{ code: 'event_gone', file: path }])
    expect(place.read('ai/state/progress.json')).toBe(snapshot)
    place.git('restore', '--source=HEAD', '--staged', '--worktree', path)
    expect(place.read(path)).toBe(committed)
    expect(await checkFiles(place.deps.workspace)).toEqual([])
  })
})
