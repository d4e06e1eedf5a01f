import { mkdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OutputOf } from '@sre-toolbox/contract'
import type { getBacklog, nextTasks } from '@sre-toolbox/contract/codex/backlog'
import type { listTasks } from '@sre-toolbox/contract/codex/library'
import type { readJournal } from '@sre-toolbox/contract/codex/memory'
import type { startTask } from '@sre-toolbox/contract/codex/sessions'
import type { addWorkspace, getWorkspace } from '@sre-toolbox/contract/codex/workspaces'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { git, smallBacklog } from '../../../codex/test/scratch.ts'
import { type Api, bearer, makeToken } from '../../../test/support/api.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../../test/support/temporary.ts'
import { startToolbox, type Toolbox } from '../../../test/support/toolbox.ts'

let toolbox: Toolbox
let place: TemporaryDirectory
let count = 0
beforeAll(async () => {
  toolbox = await startToolbox({ settings: { LOG_LEVEL: 'error', PATH: process.env.PATH ?? '' } })
  place = await temporaryDirectory()
})
afterAll(async () => {
  await toolbox[Symbol.asyncDispose]()
  await place[Symbol.asyncDispose]()
})

/** A directory with these files. */
async function directory(files: Readonly<Record<string, string>>): Promise<string> {
  const root = join(await realpath(place.path), `d${++count}`)
  await mkdir(root)
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return root
}

function register(body: object) {
  return toolbox.api.call<OutputOf<typeof addWorkspace>>('POST', '/api/codex/workspaces', { body })
}

/** A registered workspace with the small backlog, or other files. */
async function workspace(files: Readonly<Record<string, string>> = { 'docs/TODO.yaml': smallBacklog }) {
  const root = await directory(files)
  const { body } = await register({ name: `w${count}`, directory: root })
  const path = `/api/codex/workspaces/${body.workspace.id}`
  return { root, path, todo: () => readFile(join(root, 'docs/TODO.yaml'), 'utf8') }
}

/** Somebody with these roles, by an API token. */
async function somebody(username: string, roles: readonly string[]): Promise<Api> {
  const body = { username, password: 'twelve letters', roles, summary: 'works with the codex' }
  await toolbox.api.ask('POST', '/api/users', { body })
  const answer = await toolbox.anyone.call('POST', '/api/auth/login', {
    body: { username, password: 'twelve letters' },
  })
  const session = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const signedIn = toolbox.anyone.as({ cookie: session, 'x-toolbox-csrf': '1' })
  return toolbox.anyone.as(bearer(await makeToken(signedIn)))
}

describe('registering a workspace', () => {
  it('takes a repository with a backlog, by its canonical path, once', async () => {
    const root = await directory({ 'docs/TODO.yaml': smallBacklog })
    await symlink(root, `${root}-link`)
    const first = await register({ name: 'linked', directory: `${root}-link` })
    expect(first).toMatchObject({ status: 201, body: { workspace: { directory: root }, created: [] } })
    expect(await register({ name: 'again', directory: root })).toMatchObject({
      status: 409,
      body: { detail: `${root} is registered already, as "linked".` },
    })
    const other = await directory({ 'docs/TODO.yaml': smallBacklog })
    expect(await register({ name: 'linked', directory: other })).toMatchObject({ status: 409 })
  })

  it("makes the codex's files only when told to, and keeps what is there", async () => {
    const root = await directory({ 'README.md': 'ours' })
    git(root, 'init', '-q')
    expect(await register({ name: 'bare', directory: root })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('initialise: true') },
    })
    const made = await register({ name: 'bare', directory: root, initialise: true })
    expect(made.body.created).toEqual(['docs/TODO.yaml', 'ai/state/progress.json', 'ai/state/journal.md'])
    expect(await readFile(join(root, 'README.md'), 'utf8')).toBe('ours')
    const inside = await directory({})
    git(inside, 'init', '-q')
    await mkdir(join(inside, 'part'))
    expect(await register({ name: 'part', directory: join(inside, 'part'), initialise: true })).toMatchObject(
      {
        status: 400,
        body: { errors: [{ path: 'directory', message: expect.stringContaining(inside) }] },
      },
    )
  })

  it('refuses what is no place for one, and says why', async () => {
    const refusals: Record<string, string> = {
      'docs/here': 'beginning with /',
      '/etc': 'belongs to the system',
      '/usr/share/doc': 'belongs to the system',
      '/': 'belongs to the system',
      '/tmp/../proc/self': 'belongs to the system',
      [toolbox.dataDirectory]: 'keeps its own data',
      [join(place.path, 'absent')]: 'there is no directory',
    }
    for (const [path, why] of Object.entries(refusals)) {
      const { status, body } = await register({ name: 'no', directory: path, initialise: true })
      expect({ status, body }, path).toMatchObject({
        status: 400,
        body: { errors: [{ path: 'directory', message: expect.stringContaining(why) }] },
      })
    }
  })

  it('forgets a workspace and leaves its files', async () => {
    const { path, todo } = await workspace()
    expect((await toolbox.api.call('DELETE', path)).status).toBe(200)
    expect((await toolbox.api.call('GET', `${path}/backlog`)).status).toBe(404)
    expect(await todo()).toBe(smallBacklog)
  })
})

describe('the backlog', () => {
  it('is told with its lines, its counts and who holds what', async () => {
    const { path } = await workspace()
    const backlog = await toolbox.api.ask<OutputOf<typeof getBacklog>>('GET', `${path}/backlog`)
    expect(backlog.counts).toEqual({ backlog: 3, in_progress: 0, blocked: 0, done: 0 })
    expect(backlog.areas[0]?.tasks.map(({ task, line, priority }) => [task, line, priority])).toEqual([
      ['jobs/engine', 7, 'high'],
      ['jobs/logs', 11, 'critical'],
      ['jobs/cron', 16, 'low'],
    ])
    const next = await toolbox.api.ask<OutputOf<typeof nextTasks>>('GET', `${path}/backlog/next`)
    expect(next.candidates[0]).toMatchObject({
      task: 'jobs/engine',
      reasons: ['priority high', 'unblocks 1 task'],
    })
    expect(next.waiting).toMatchObject([{ task: 'jobs/logs', reasons: ['waits for jobs/engine (backlog)'] }])
  })

  it('changes one line for one field, and says in the journal who did it', async () => {
    const { path, root, todo } = await workspace()
    const cron = `${path}/backlog/tasks/jobs/cron`
    const answer = await toolbox.api.ask('PATCH', cron, {
      body: { set: { priority: 'high' }, was: { priority: 'low' } },
    })
    expect(answer).toMatchObject({ task: { task: 'jobs/cron', priority: 'high' } })
    expect(await todo()).toBe(smallBacklog.replace('priority: low', 'priority: high'))
    expect(await readFile(join(root, 'ai/state/journal.md'), 'utf8')).toContain(
      'Edited by root: priority low → high.',
    )
  })

  it('refuses an edit of something that changed since, and brings what it is now', async () => {
    const { path, todo } = await workspace()
    const cron = `${path}/backlog/tasks/jobs/cron`
    const { version } = await toolbox.api.ask<OutputOf<typeof getBacklog>>('GET', `${path}/backlog`)
    await toolbox.api.ask('PATCH', cron, { body: { set: { title: 'Run daily' }, ifVersion: version } })
    const before = await todo()
    const stale = await toolbox.api.call('PATCH', cron, {
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
      await toolbox.api.call('PATCH', cron, { body: { set: { title: 'x' }, ifVersion: version } }),
    ).toMatchObject({ status: 409, body: { current: { title: 'Run daily' } } })
    expect(await todo()).toBe(before)
    // Another field than the one that changed is nobody's conflict; nothing is the same as a list of nothing.
    const other = { set: { notes: 'At night.' }, was: { notes: null, blockers: [] } }
    expect((await toolbox.api.call('PATCH', cron, { body: other })).status).toBe(200)
    expect(await toolbox.api.call('PATCH', cron, { body: { set: { title: 'x' } } })).toMatchObject({
      status: 400,
    })
  })

  it('takes tasks and areas, moves them and takes them off again', async () => {
    const { path, todo } = await workspace()
    const { api } = toolbox
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

  it('lets a task change its area, and its references follow', async () => {
    const { path, todo } = await workspace()
    const { api } = toolbox
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
    const { path, todo } = await workspace({ 'docs/TODO.yaml': source })
    const body = { set: { priority: 'high' }, was: { priority: 'low' } }
    await toolbox.api.ask('PATCH', `${path}/backlog/tasks/jobs/cron`, { body })
    expect(await todo()).toBe(source.replace('priority: low', 'priority: high'))
  })

  it('with an unfinished merge in it says where', async () => {
    const { path } = await workspace({ 'docs/TODO.yaml': `${smallBacklog}<<<<<<< ours\n` })
    expect(await toolbox.api.call('GET', `${path}/backlog`)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'docs/TODO.yaml:20:1', message: expect.stringContaining('merge') }] },
    })
  })

  it('that can not be read is a fault with its place, and stays as it is', async () => {
    const broken = smallBacklog.replace('priority: low', 'priority: [low')
    const { path, todo } = await workspace({ 'docs/TODO.yaml': broken })
    const answer = await toolbox.api.call('GET', `${path}/backlog`)
    expect(answer).toMatchObject({
      status: 422,
      body: {
        code: 'operation_failed',
        reason: 'backlog_unreadable',
        errors: [{ path: expect.stringMatching(/^docs\/TODO\.yaml:\d+:\d+$/) }],
      },
    })
    const edit = await toolbox.api.call('PATCH', `${path}/backlog/tasks/jobs/cron`, {
      body: { set: { priority: 'high' }, was: { priority: 'low' } },
    })
    expect(edit.status).toBe(422)
    expect(await todo()).toBe(broken)
    expect(await toolbox.api.ask<OutputOf<typeof getWorkspace>>('GET', path)).toMatchObject({
      status: null,
      findings: [{ file: 'docs/TODO.yaml', severity: 'fatal' }],
    })
  })

  it('is not read or written through a link that leads out of the workspace', async () => {
    const secret = await directory({ 'key.md': '# Journal\n\n## 2030-01-01 The secret\n' })
    const { root, path } = await workspace()
    await mkdir(join(root, 'ai/state'), { recursive: true })
    await symlink(join(secret, 'key.md'), join(root, 'ai/state/journal.md'))
    const read = await toolbox.api.call('GET', `${path}/journal`)
    expect(read).toMatchObject({ status: 409, body: { reason: 'outside' } })
    expect(read.text).not.toContain('The secret')
    const edit = await toolbox.api.call('PATCH', `${path}/backlog/tasks/jobs/cron`, {
      body: { set: { priority: 'high' }, was: { priority: 'low' } },
    })
    expect(edit.status).toBe(409)
    expect(await readFile(join(secret, 'key.md'), 'utf8')).toBe('# Journal\n\n## 2030-01-01 The secret\n')
  })
})

describe('working on a task', () => {
  it('is claimed, noted, handed on and closed under the name of who does it', async () => {
    const template = '- [ ] Tests pass: `touch ran-in-the-control-plane`\n- [ ] Docs moved with the code\n'
    const { root, path } = await workspace({
      'docs/TODO.yaml': smallBacklog,
      '.github/PULL_REQUEST_TEMPLATE.md': template,
    })
    const ada = await somebody('ada', ['toolkit.user'])
    const bob = await somebody('bob', ['toolkit.user'])
    const started = await ada.ask<OutputOf<typeof startTask>>('POST', `${path}/sessions`, {
      body: { task: 'engine' },
    })
    expect(started.session).toMatchObject({ actor: 'ada', task: 'jobs/engine', open: true })
    const at = `${path}/sessions/${started.session.id}`
    expect(await bob.call('POST', `${path}/sessions`, { body: { task: 'jobs/engine' } })).toMatchObject({
      status: 409,
      body: { reason: 'claimed' },
    })
    expect(await bob.call('POST', `${at}/note`, { body: { text: 'mine now' } })).toMatchObject({
      status: 409,
      body: { reason: 'not_yours' },
    })
    expect(
      await toolbox.api.call('PATCH', `${path}/backlog/tasks/jobs/engine`, {
        body: { set: { status: 'done' }, was: { status: 'in_progress' } },
      }),
    ).toMatchObject({ status: 409, body: { reason: 'claimed' } })
    await ada.ask('POST', `${at}/renew`, { body: { lease: '2d' } })
    await ada.ask('POST', `${at}/note`, { body: { text: 'The queue drains in 4 s.' } })
    await ada.ask('POST', `${at}/pause`, { body: { why: 'lunch' } })
    await ada.ask('POST', `${at}/resume`, { body: {} })
    const close = { lesson: 'Measure first.', outcomes: [{ kind: 'api', text: 'answers in 3 ms' }] }
    expect(await ada.call('POST', `${at}/done`, { body: close })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'confirm' }] },
    })
    const boxes = { confirm: [2], waive: [{ box: 1, reason: 'it ran on my machine' }] }
    expect(await ada.ask('POST', `${at}/done`, { body: { ...close, ...boxes } })).toMatchObject({
      session: { state: 'done', open: false },
      commit: null,
    })
    const { items } = await ada.ask<OutputOf<typeof readJournal>>('GET', `${path}/journal?q=drains`)
    expect(items).toMatchObject([{ task: 'jobs/engine', text: expect.stringContaining('Started by ada') }])
    expect(await ada.ask('GET', `${path}/progress`)).toMatchObject({
      activeTask: null,
      lastTask: 'jobs/engine',
      sessionCounter: 1,
      recentUpdates: [{ task: 'jobs/engine', status: 'done' }],
    })
    const events = await ada.ask<{ events: { type: string }[] }>('GET', at)
    expect(events.events.map(({ type }) => type)).toEqual([
      'opened',
      'renewed',
      'noted',
      'paused',
      'resumed',
      'done',
    ])
    const pr = await ada.ask<{ body: string }>('GET', `${path}/backlog/tasks/jobs/engine/pull-request`)
    expect(pr.body).toContain('- [x] Docs moved with the code')
    await expect(readFile(join(root, 'ran-in-the-control-plane'))).rejects.toThrow('ENOENT')
  })

  it('commits what is staged together with the memory, and runs no hook of the repository', async () => {
    const { root, path } = await workspace()
    git(root, 'init', '-q')
    git(root, 'config', 'user.name', 'The Repository')
    git(root, 'config', 'user.email', 'repository@localhost')
    git(root, 'add', '.')
    git(root, 'commit', '-qm', 'begin')
    await writeFile(join(root, '.git/hooks/pre-commit'), `#!/bin/sh\ntouch '${root}/hook-ran'\n`, {
      mode: 0o755,
    })
    git(root, 'config', 'core.fsmonitor', `touch '${root}/monitor-ran' #`)
    const { session } = await toolbox.api.ask<OutputOf<typeof startTask>>('POST', `${path}/sessions`, {
      body: {},
    })
    await writeFile(join(root, 'engine.ts'), 'export {}')
    const body = { lesson: 'l', outcomes: [{ kind: 'log', text: 'o' }], commit: true }
    const done = `${path}/sessions/${session.id}/done`
    expect(await toolbox.api.call('POST', done, { body })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('not staged: engine.ts') },
    })
    git(root, '-c', 'core.fsmonitor=false', 'add', 'engine.ts')
    const { commit } = await toolbox.api.ask<{ commit: string }>('POST', done, { body })
    git(root, 'config', '--unset', 'core.fsmonitor')
    expect(git(root, 'log', '-1', '--format=%H %an')).toBe(`${commit} The Repository`)
    expect(git(root, 'show', '--stat', '--format=', 'HEAD')).toContain('engine.ts')
    const status = await toolbox.api.ask<OutputOf<typeof getWorkspace>>('GET', path)
    expect(status.checkout).toMatchObject({ commit, changedFiles: 0 })
    await expect(readFile(join(root, 'hook-ran'))).rejects.toThrow('ENOENT')
    await expect(readFile(join(root, 'monitor-ran'))).rejects.toThrow('ENOENT')
  })

  it('leaves the session that the command line works in to the command line', async () => {
    const { root, path } = await workspace()
    const { createSessions } = await import('@sre-toolbox/codex')
    const { testDeps } = await import('../../../codex/test/scratch.ts')
    const agent = await createSessions(testDeps(root, 'agent', new Date().toISOString())).start({})
    const blocked = await toolbox.api.call('POST', `${path}/backlog/tasks/jobs/engine/block`, {
      body: { missing: { text: 'a disk' } },
    })
    expect(blocked).toMatchObject({ status: 409, body: { reason: 'claimed' } })
    await toolbox.api.ask('POST', `${path}/sessions`, { body: { task: 'jobs/cron' } })
    const { status } = await toolbox.api.ask<OutputOf<typeof getWorkspace>>('GET', path)
    expect(status).toMatchObject({ focus: { id: agent.id, actor: 'agent' } })
    expect(status?.sessions.map(({ actor }) => actor).sort()).toEqual(['agent', 'root'])
  })
})

describe('a token of a persona', () => {
  it('works on tasks, and leaves the backlog and the workspaces alone, whoever holds it', async () => {
    const { path } = await workspace()
    const session = toolbox.anyone.as({ cookie: toolbox.session, 'x-toolbox-csrf': '1' })
    const agent = toolbox.anyone.as(bearer(await makeToken(session, { persona: 'sre-orchestrator' })))
    expect((await agent.call('GET', `${path}/backlog/next`)).status).toBe(200)
    expect((await agent.call('POST', `${path}/sessions`, { body: {} })).status).toBe(201)
    const forbidden: [string, string, object?][] = [
      ['PATCH', `${path}/backlog/tasks/jobs/cron`, { set: { title: 'x' }, was: { title: 'y' } }],
      ['DELETE', `${path}/backlog/tasks/jobs/cron`],
      ['DELETE', path],
      ['POST', `${path}/repair`, {}],
    ]
    for (const [method, at, body] of forbidden) {
      expect(await agent.call(method, at, body ? { body } : {}), at).toMatchObject({
        status: 403,
        body: { code: 'persona_forbids' },
      })
    }
  })
})

describe('the library', () => {
  it('tells of each canonical task which of its operations this Toolbox lacks', async () => {
    const { items } = await toolbox.api.ask<OutputOf<typeof listTasks>>('GET', '/api/codex/tasks')
    expect(items).toHaveLength(12)
    const operations = new Set<string>()
    const document = await toolbox.api.ask<{
      paths: Record<string, Record<string, { operationId: string }>>
    }>('GET', '/api/openapi.json')
    for (const methods of Object.values(document.paths))
      for (const { operationId } of Object.values(methods)) operations.add(operationId)
    for (const { missingOperations, runnable } of items) {
      expect(missingOperations.filter((id) => operations.has(id))).toEqual([])
      expect(runnable).toBe(missingOperations.length === 0)
    }
    expect(items.find(({ slug }) => slug === 'inspect-failed-jobs')).toMatchObject({ runnable: true })
    for (const { slug } of items)
      expect(await toolbox.api.ask('GET', `/api/codex/tasks/${slug}`)).toMatchObject({ task: { slug } })
    expect(await toolbox.api.call('GET', '/api/codex/tasks/absent')).toMatchObject({ status: 404 })
  })
})
