import { mkdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { OutputOf } from '@sre-toolbox/contract'
import type { getBacklog, nextTasks } from '@sre-toolbox/contract/codex/backlog'
import type { readJournal } from '@sre-toolbox/contract/codex/memory'
import type { getWorkspace } from '@sre-toolbox/contract/codex/workspaces'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { smallBacklog } from '../../../codex/test/scratch.ts'
import { openScene, type Scene } from './test/scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene[Symbol.asyncDispose]())

describe('the backlog', () => {
  it('is told with its lines, its counts and who holds what', async () => {
    const { path } = await scene.workspace()
    const backlog = await scene.api.ask<OutputOf<typeof getBacklog>>('GET', `${path}/backlog`)
    expect(backlog.counts).toEqual({ backlog: 3, in_progress: 0, blocked: 0, done: 0 })
    expect(backlog.areas[0]?.tasks.map(({ task, line, priority }) => [task, line, priority])).toEqual([
      ['jobs/engine', 7, 'high'],
      ['jobs/logs', 11, 'critical'],
      ['jobs/cron', 16, 'low'],
    ])
    const next = await scene.api.ask<OutputOf<typeof nextTasks>>('GET', `${path}/backlog/next`)
    expect(next.candidates[0]).toMatchObject({
      task: 'jobs/engine',
      reasons: ['priority high', 'unblocks 1 task'],
    })
    expect(next.waiting).toMatchObject([{ task: 'jobs/logs', reasons: ['waits for jobs/engine (backlog)'] }])
  })

  it('changes one line for one field, and says in the journal who did it', async () => {
    const { path, root, todo } = await scene.workspace()
    const cron = `${path}/backlog/tasks/jobs/cron`
    const answer = await scene.api.ask('PATCH', cron, {
      body: { set: { priority: 'high' }, was: { priority: 'low' } },
    })
    expect(answer).toMatchObject({ task: { task: 'jobs/cron', priority: 'high' } })
    expect(await todo()).toBe(smallBacklog.replace('priority: low', 'priority: high'))
    expect(await readFile(join(root, 'ai/state/journal.md'), 'utf8')).toContain(
      'Edited by root: priority low → high.',
    )
  })

  it('refuses an edit of something that changed since, and brings what it is now', async () => {
    const { path, todo } = await scene.workspace()
    const cron = `${path}/backlog/tasks/jobs/cron`
    const { version } = await scene.api.ask<OutputOf<typeof getBacklog>>('GET', `${path}/backlog`)
    await scene.api.ask('PATCH', cron, { body: { set: { title: 'Run daily' }, ifVersion: version } })
    const before = await todo()
    const stale = await scene.api.call('PATCH', cron, {
      body: { set: { title: 'Run weekly' }, was: { title: 'Run on a schedule' } },
    })
    expect(stale).toMatchObject({
      status: 409,
      body: {
        code: 'conflict',
        current: { title: 'Run daily' },
        currentVersion: expect.not.stringMatching(version),
      },
    })
    expect(
      await scene.api.call('PATCH', cron, { body: { set: { title: 'x' }, ifVersion: version } }),
    ).toMatchObject({ status: 409, body: { current: { title: 'Run daily' } } })
    expect(await todo()).toBe(before)
    // Another field than the one that changed is nobody's conflict; nothing is the same as a list of nothing.
    const other = { set: { notes: 'At night.' }, was: { notes: null, blockers: [] } }
    expect((await scene.api.call('PATCH', cron, { body: other })).status).toBe(200)
    expect(await scene.api.call('PATCH', cron, { body: { set: { title: 'x' } } })).toMatchObject({
      status: 400,
    })
  })

  it('refuses done without an outcome and a lesson, and names what asks for them', async () => {
    const { path, todo } = await scene.workspace()
    const cron = `${path}/backlog/tasks/jobs/cron`
    const body = { set: { status: 'done', priority: 'high' }, was: { status: 'backlog' } }
    expect(await scene.api.call('PATCH', cron, { body })).toMatchObject({
      status: 409,
      body: {
        reason: 'not_closed',
        detail:
          'Done needs an outcome and a lesson. Claim jobs/cron with `codex.startTask`, unless you hold it, and close it with `codex.doneTask`.',
      },
    })
    expect(await todo()).toBe(smallBacklog)
    const { session } = await scene.api.ask<{ session: { id: string } }>('POST', `${path}/sessions`, {
      body: { task: 'jobs/cron' },
    })
    const done = { lesson: 'Clocks lie.', outcomes: [{ kind: 'log', text: 'it fires' }] }
    await scene.api.ask('POST', `${path}/sessions/${session.id}/done`, { body: done })
    expect(await todo()).toContain('status: done')
    // What is done may say so again, with other fields, and may be opened again.
    const again = { set: { status: 'done', notes: 'Twice.' }, was: { status: 'done' } }
    await scene.api.ask('PATCH', cron, { body: again })
    await scene.api.ask('PATCH', cron, { body: { set: { status: 'backlog' }, was: { status: 'done' } } })
  })

  it('compares the fields of an area one by one, and brings the area as it is now', async () => {
    const { path, todo } = await scene.workspace()
    const area = `${path}/backlog/areas/jobs`
    await scene.api.ask('PATCH', area, { body: { set: { title: 'Work' }, was: { title: 'Jobs' } } })
    const before = await todo()
    expect(
      await scene.api.call('PATCH', area, { body: { set: { title: 'Tasks' }, was: { title: 'Jobs' } } }),
    ).toMatchObject({
      status: 409,
      body: {
        reason: 'changed_meanwhile',
        current: { id: 'jobs', title: 'Work' },
        currentVersion: expect.any(String),
      },
    })
    expect(await todo()).toBe(before)
    const other = { set: { summary: 'What runs.', priority: 'high' }, was: { summary: null, priority: null } }
    expect(await scene.api.ask('PATCH', area, { body: other })).toMatchObject({
      area: { title: 'Work', summary: 'What runs.', priority: 'high' },
    })
    expect(await scene.api.call('PATCH', area, { body: { set: { title: 'x' } } })).toMatchObject({
      status: 400,
    })
    expect(
      await scene.api.call('PATCH', `${path}/backlog/areas/none`, {
        body: { set: { title: 'x' }, was: { title: 'y' } },
      }),
    ).toMatchObject({ status: 404 })
  })

  it('takes tasks and areas, moves them and takes them off again', async () => {
    const { path, todo } = await scene.workspace()
    const { api } = scene
    await api.ask('POST', `${path}/backlog/areas`, { body: { id: 'web', title: 'Web' } })
    const task = { area: 'web', id: 'board', title: 'Show the board', dependsOn: ['jobs/engine'] }
    const added = await api.ask('POST', `${path}/backlog/tasks`, { body: task })
    expect(added).toMatchObject({ task: { task: 'web/board', dependsOn: ['jobs/engine'] } })
    await api.ask('POST', `${path}/backlog/tasks/jobs/cron/move`, {
      body: { before: 'engine', priority: 'critical' },
    })
    const { areas } = await api.ask<OutputOf<typeof getBacklog>>('GET', `${path}/backlog`)
    expect(areas[0]?.tasks.map(({ id, priority }) => [id, priority])).toEqual([
      ['cron', 'critical'],
      ['engine', 'high'],
      ['logs', 'critical'],
    ])
    expect(await api.call('DELETE', `${path}/backlog/tasks/jobs/engine`)).toMatchObject({ status: 422 })
    await api.ask('DELETE', `${path}/backlog/tasks/web/board`)
    expect(await todo()).not.toContain('board')
    expect(await todo()).toContain('status: backlog # soon')
  })

  it('says in the journal who changed an area, and what; nothing where nothing changed', async () => {
    const { path } = await scene.workspace()
    const { api } = scene
    await api.ask('POST', `${path}/backlog/areas`, { body: { id: 'web', title: 'Web' } })
    const change = async (set: object) => {
      const { version } = await api.ask<OutputOf<typeof getBacklog>>('GET', `${path}/backlog`)
      await api.ask('PATCH', `${path}/backlog/areas/web`, { body: { set, ifVersion: version } })
    }
    await change({ title: 'The web', summary: 'What people see', priority: 'high' })
    await change({ title: 'The web', priority: 'high' })
    const { items } = await api.ask<OutputOf<typeof readJournal>>('GET', `${path}/journal`)
    const entry = items.find(({ task }) => task === 'areas/web')
    expect(entry?.title).toBe('Area: Web')
    expect(entry?.text.match(/^- \d.*/gm)?.map((line) => line.slice(19))).toEqual([
      'Added by root.',
      'Edited by root: title Web → The web; summary; priority none → high.',
    ])
  })

  it('lets a task change its area, and its references follow', async () => {
    const { path, todo } = await scene.workspace()
    const { api } = scene
    await api.ask('POST', `${path}/backlog/areas`, { body: { id: 'core', title: 'Core' } })
    const moved = await api.ask('POST', `${path}/backlog/tasks/jobs/engine/move`, {
      body: { toArea: 'core' },
    })
    expect(moved).toMatchObject({ task: { task: 'core/engine', status: 'backlog' } })
    expect(await todo()).toContain('dependsOn: [core/engine]')
    expect(await api.ask('GET', `${path}/backlog/graph`)).toEqual({
      tasks: [
        expect.objectContaining({ task: 'jobs/logs' }),
        expect.objectContaining({ task: 'core/engine' }),
      ],
      dependencies: [{ task: 'jobs/logs', needs: 'core/engine', by: 'dependsOn', met: false }],
      dangling: [],
    })
    await api.ask('POST', `${path}/sessions`, { body: { task: 'core/engine' } })
    expect(
      await api.call('POST', `${path}/backlog/tasks/core/engine/move`, { body: { toArea: 'jobs' } }),
    ).toMatchObject({ status: 409, body: { reason: 'claimed' } })
    expect(await api.ask('GET', `${path}/backlog/history`)).toMatchObject({
      points: [{ commit: null, total: 3, counts: { backlog: 2, in_progress: 1 } }],
    })
  })

  it.each([
    ['Windows line breaks', smallBacklog.replaceAll('\n', '\r\n')],
    ['a byte-order mark', `\ufeff${smallBacklog}`],
  ])('keeps %s', async (_what, source) => {
    const { path, todo } = await scene.workspace({ 'docs/TODO.yaml': source })
    const body = { set: { priority: 'high' }, was: { priority: 'low' } }
    await scene.api.ask('PATCH', `${path}/backlog/tasks/jobs/cron`, { body })
    expect(await todo()).toBe(source.replace('priority: low', 'priority: high'))
  })

  it('with an unfinished merge in it says where, with the line itself', async () => {
    const { path } = await scene.workspace({ 'docs/TODO.yaml': `${smallBacklog}<<<<<<< ours\n` })
    expect(await scene.api.call('GET', `${path}/backlog`)).toMatchObject({
      status: 422,
      body: {
        errors: [{ path: 'docs/TODO.yaml:20:1', message: expect.stringContaining('merge') }],
        findings: [{ line: 20, source: '<<<<<<< ours' }],
      },
    })
  })

  it('that can not be read is a fault with its place, and stays as it is', async () => {
    const broken = smallBacklog.replace('priority: low', 'priority: [low')
    const { path, todo } = await scene.workspace({ 'docs/TODO.yaml': broken })
    const answer = await scene.api.call('GET', `${path}/backlog`)
    expect(answer).toMatchObject({
      status: 422,
      body: {
        code: 'operation_failed',
        reason: 'backlog_unreadable',
        errors: [{ path: expect.stringMatching(/^docs\/TODO\.yaml:\d+:\d+$/) }],
      },
    })
    const edit = await scene.api.call('PATCH', `${path}/backlog/tasks/jobs/cron`, {
      body: { set: { priority: 'high' }, was: { priority: 'low' } },
    })
    expect(edit.status).toBe(422)
    expect(await todo()).toBe(broken)
    expect(await scene.api.ask<OutputOf<typeof getWorkspace>>('GET', path)).toMatchObject({
      status: null,
      findings: [{ file: 'docs/TODO.yaml', severity: 'fatal' }],
    })
  })

  it('is not read or written through a link that leads out of the workspace', async () => {
    const secret = await scene.directory({ 'key.md': '# Journal\n\n## 2030-01-01 The secret\n' })
    const { root, path } = await scene.workspace()
    await mkdir(join(root, 'ai/state'), { recursive: true })
    await symlink(join(secret, 'key.md'), join(root, 'ai/state/journal.md'))
    const read = await scene.api.call('GET', `${path}/journal`)
    expect(read).toMatchObject({ status: 409, body: { reason: 'outside' } })
    expect(read.text).not.toContain('The secret')
    const edit = await scene.api.call('PATCH', `${path}/backlog/tasks/jobs/cron`, {
      body: { set: { priority: 'high' }, was: { priority: 'low' } },
    })
    expect(edit.status).toBe(409)
    expect(await readFile(join(secret, 'key.md'), 'utf8')).toBe('# Journal\n\n## 2030-01-01 The secret\n')
  })
})
