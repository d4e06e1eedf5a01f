import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OutputOf } from '@sre-toolbox/contract'
import type { readJournal } from '@sre-toolbox/contract/codex/memory'
import type { startTask } from '@sre-toolbox/contract/codex/sessions'
import type { getWorkspace } from '@sre-toolbox/contract/codex/workspaces'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { git, smallBacklog } from '../../../codex/test/scratch.ts'
import { bearer, makeToken } from '../../../test/support/api.ts'
import { openScene, type Scene } from './test/scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene[Symbol.asyncDispose]())

describe('working on a task', () => {
  it('is claimed, noted, handed on and closed under the name of who does it', async () => {
    const template = '- [ ] Tests pass: `touch ran-in-the-control-plane`\n- [ ] Docs moved with the code\n'
    const { root, path } = await scene.workspace({
      'docs/TODO.yaml': smallBacklog,
      '.github/PULL_REQUEST_TEMPLATE.md': template,
    })
    const ada = await scene.somebody('ada', ['toolkit.user'])
    const bob = await scene.somebody('bob', ['toolkit.user'])
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
      await scene.api.call('PATCH', `${path}/backlog/tasks/jobs/engine`, {
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
    const { root, path } = await scene.workspace()
    git(root, 'init', '-q')
    git(root, 'config', 'user.name', 'The Repository')
    git(root, 'config', 'user.email', 'repository@localhost')
    git(root, 'add', '.')
    git(root, 'commit', '-qm', 'begin')
    await writeFile(join(root, '.git/hooks/pre-commit'), `#!/bin/sh\ntouch '${root}/hook-ran'\n`, {
      mode: 0o755,
    })
    git(root, 'config', 'core.fsmonitor', `touch '${root}/monitor-ran' #`)
    const { session } = await scene.api.ask<OutputOf<typeof startTask>>('POST', `${path}/sessions`, {
      body: {},
    })
    await writeFile(join(root, 'engine.ts'), 'export {}')
    const body = { lesson: 'l', outcomes: [{ kind: 'log', text: 'o' }], commit: true }
    const done = `${path}/sessions/${session.id}/done`
    expect(await scene.api.call('POST', done, { body })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('not staged: engine.ts') },
    })
    git(root, '-c', 'core.fsmonitor=false', 'add', 'engine.ts')
    const { commit } = await scene.api.ask<{ commit: string }>('POST', done, { body })
    git(root, 'config', '--unset', 'core.fsmonitor')
    expect(git(root, 'log', '-1', '--format=%H %an')).toBe(`${commit} The Repository`)
    expect(git(root, 'show', '--stat', '--format=', 'HEAD')).toContain('engine.ts')
    const status = await scene.api.ask<OutputOf<typeof getWorkspace>>('GET', path)
    expect(status.checkout).toMatchObject({ commit, changedFiles: 0 })
    await expect(readFile(join(root, 'hook-ran'))).rejects.toThrow('ENOENT')
    await expect(readFile(join(root, 'monitor-ran'))).rejects.toThrow('ENOENT')
  })

  it('leaves the session that the command line works in to the command line', async () => {
    const { root, path } = await scene.workspace()
    const { createSessions } = await import('@sre-toolbox/codex')
    const { testDeps } = await import('../../../codex/test/scratch.ts')
    const agent = await createSessions(testDeps(root, 'agent', new Date().toISOString())).start({})
    const blocked = await scene.api.call('POST', `${path}/backlog/tasks/jobs/engine/block`, {
      body: { missing: { text: 'a disk' } },
    })
    expect(blocked).toMatchObject({ status: 409, body: { reason: 'claimed' } })
    await scene.api.ask('POST', `${path}/sessions`, { body: { task: 'jobs/cron' } })
    const { status } = await scene.api.ask<OutputOf<typeof getWorkspace>>('GET', path)
    expect(status).toMatchObject({ focus: { id: agent.id, actor: 'agent' } })
    expect(status?.sessions.map(({ actor }) => actor).sort()).toEqual(['agent', 'root'])
  })
})

describe('a token of a persona', () => {
  it('works on tasks, and leaves the backlog and the workspaces alone, whoever holds it', async () => {
    const { path } = await scene.workspace()
    const session = scene.toolbox.anyone.as({ cookie: scene.toolbox.session, 'x-toolbox-csrf': '1' })
    const agent = scene.toolbox.anyone.as(bearer(await makeToken(session, { persona: 'sre-orchestrator' })))
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
