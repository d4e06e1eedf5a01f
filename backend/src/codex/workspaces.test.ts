import { mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { git, smallBacklog } from '../../../codex/test/scratch.ts'
import { bearer, cookie, makeToken } from '../../../test/support/api.ts'
import { openEvents } from '../transports/http/testing/event-reader.ts'
import { openScene, type Scene } from './test/scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene[Symbol.asyncDispose]())

describe('registering a workspace', () => {
  it('takes a repository with a backlog, by its canonical path, once', async () => {
    const root = await scene.directory({ 'docs/TODO.yaml': smallBacklog })
    await symlink(root, `${root}-link`)
    const first = await scene.register({ name: 'linked', directory: `${root}-link` })
    expect(first).toMatchObject({ status: 201, body: { workspace: { directory: root }, created: [] } })
    expect(await scene.register({ name: 'again', directory: root })).toMatchObject({
      status: 409,
      body: { detail: `${root} is registered already, as "linked".` },
    })
    const other = await scene.directory({ 'docs/TODO.yaml': smallBacklog })
    expect(await scene.register({ name: 'linked', directory: other })).toMatchObject({ status: 409 })
  })

  it("makes the codex's files only when told to, and keeps what is there", async () => {
    const root = await scene.directory({ 'README.md': 'ours' })
    git(root, 'init', '-q')
    expect(await scene.register({ name: 'bare', directory: root })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('initialise: true') },
    })
    const made = await scene.register({ name: 'bare', directory: root, initialise: true })
    expect(made.body.created).toEqual(['docs/TODO.yaml', 'ai/state/progress.json', 'ai/state/journal.md'])
    expect(await readFile(join(root, 'README.md'), 'utf8')).toBe('ours')
    const inside = await scene.directory({})
    git(inside, 'init', '-q')
    await mkdir(join(inside, 'part'))
    expect(
      await scene.register({ name: 'part', directory: join(inside, 'part'), initialise: true }),
    ).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'directory', message: expect.stringContaining(inside) }] },
    })
  })

  it('refuses what is no place for one, and says why', async () => {
    const refusals: Record<string, string> = {
      'docs/here': 'beginning with /',
      '/etc': 'belongs to the system',
      '/usr/share/doc': 'belongs to the system',
      '/': 'belongs to the system',
      '/tmp/../proc/self': 'belongs to the system',
      [scene.toolbox.dataDirectory]: 'keeps its own data',
      [join(scene.place, 'absent')]: 'there is no directory',
    }
    for (const [path, why] of Object.entries(refusals)) {
      const { status, body } = await scene.register({ name: 'no', directory: path, initialise: true })
      expect({ status, body }, path).toMatchObject({
        status: 400,
        body: { errors: [{ path: 'directory', message: expect.stringContaining(why) }] },
      })
    }
  })

  it('makes no file through a link that leads elsewhere', async () => {
    const elsewhere = await scene.directory({ 'theirs.txt': '' })
    const root = await scene.directory({})
    await symlink(elsewhere, join(root, 'docs'))
    const { status, body } = await scene.register({ name: 'led astray', directory: root, initialise: true })
    expect({ status, body }).toMatchObject({ status: 409, body: { reason: 'outside' } })
    expect(await readdir(elsewhere)).toEqual(['theirs.txt'])
  })

  it('forgets a workspace and leaves its files', async () => {
    const { path, todo } = await scene.workspace()
    expect((await scene.api.call('DELETE', path)).status).toBe(200)
    expect((await scene.api.call('GET', `${path}/backlog`)).status).toBe(404)
    expect(await todo()).toBe(smallBacklog)
  })
})

it('tells everybody who listens that a workspace changed', async () => {
  const { api, path, id } = { ...(await scene.workspace()), api: scene.api }
  const session = scene.toolbox.anyone.as(cookie(scene.toolbox.session))
  const headers = bearer(await makeToken(session))
  const stream = await openEvents(`${scene.toolbox.address}/api/events`, headers)
  await api.ask('POST', `${path}/sessions`, { body: { task: 'jobs/cron' } })
  const told = await stream.until('codex')
  expect(told.at(-1)).toMatchObject({ event: 'codex', data: { workspaceId: id } })
  stream.close()
})
