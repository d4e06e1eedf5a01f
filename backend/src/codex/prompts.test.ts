import { mkdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type OutputOf, operations } from '@sre-toolbox/contract'
import type { Facts } from '@sre-toolbox/contract/codex-facts'
import type { checkPrompt, composePrompt, getPrompt, listPrompts } from '@sre-toolbox/contract/codex-prompts'
import { streams } from '@sre-toolbox/contract/streams'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { git, smallBacklog } from '../../../codex/test/scratch.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../../test/support/temporary.ts'
import { startToolbox, type Toolbox } from '../../../test/support/toolbox.ts'

const canary = 'canary-value-that-no-answer-holds'

let toolbox: Toolbox
let place: TemporaryDirectory
let root: string
let prompts: string
let workspaceId: string
beforeAll(async () => {
  toolbox = await startToolbox({
    settings: {
      LOG_LEVEL: 'error',
      PATH: process.env.PATH ?? '',
      BOOTSTRAP_ADMIN_EMAIL: `${canary}@example.org`,
    },
  })
  place = await temporaryDirectory()
  root = await realpath(place.path)
  git(root, 'init', '-q')
  await mkdir(join(root, 'docs'))
  await writeFile(join(root, 'docs/TODO.yaml'), smallBacklog)
  const body = { name: 'ours', directory: root }
  const { workspace } = await toolbox.api.ask<{ workspace: { id: string } }>(
    'POST',
    '/api/codex/workspaces',
    { body },
  )
  workspaceId = workspace.id
  prompts = `/api/codex/workspaces/${workspaceId}/prompts`
})
afterAll(async () => {
  await toolbox[Symbol.asyncDispose]()
  await place[Symbol.asyncDispose]()
})

const facts = () => toolbox.api.ask<Facts>('GET', '/api/codex/facts')
const compose = (body: object) =>
  toolbox.api.call<OutputOf<typeof composePrompt>>('POST', '/api/codex/prompts/compose', { body })
const check = (body: object) =>
  toolbox.api.ask<OutputOf<typeof checkPrompt>>('POST', '/api/codex/prompts/check', { body })

describe('the facts', () => {
  it('are those of the running product: what it offers, its toolkits, its personas', async () => {
    const known = await facts()
    const listed = await toolbox.api.ask<{ items: { slug: string }[] }>('GET', '/api/toolkits')
    expect(known.toolkits?.map(({ slug }) => slug)).toEqual(listed.items.map(({ slug }) => slug))
    expect(known.operations).toContainEqual(
      expect.objectContaining({
        id: 'regex.match',
        effect: 'read',
        toolkit: 'regex',
        access: 'toolkit.user',
      }),
    )
    expect(known.operations.find(({ id }) => id === 'jobs.cancel')?.inputs).toEqual([
      'jobId',
      'reason',
      'force',
    ])
    expect(known.personas.map(({ slug }) => slug)).toContain('sre-orchestrator')
    expect(known.tenant?.processRoles).toEqual(['api', 'worker'])
  })

  it('name routes beside those of operations that the server has, too', async () => {
    const { routes } = await facts()
    const declared = [...operations, ...streams].map(({ method, path }) => `${method} /api${path}`)
    const others = routes.api.filter((each) => !declared.includes(each))
    expect(others).toContain('GET /metrics')
    for (const route of others) {
      const { status } = await toolbox.api.call('GET', route.slice('GET '.length))
      expect([route, status]).toEqual([route, 200])
    }
  })

  it('hold names of the environment and never a value', async () => {
    const known = await facts()
    expect(known.environment).toContain('BOOTSTRAP_ADMIN_EMAIL')
    expect(JSON.stringify(known)).not.toContain(canary)
  })

  it('tell of a toolkit that is disabled, as a notice', async () => {
    const body = { justification: 'to be told of' }
    await toolbox.api.ask('POST', '/api/toolkits/regex/disable', { body })
    const { tenant, toolkits } = await facts()
    await toolbox.api.ask('POST', '/api/toolkits/regex/enable', { body })
    expect(tenant?.notices).toContain('The toolkit regex is disabled.')
    expect(toolkits?.find(({ slug }) => slug === 'regex')).toMatchObject({ enabled: false })
  })
})

/** What a prompt that a repository adds lacks before it is proposed. */
const noPullRequest = expect.objectContaining({ code: 'origin_no_pull_request', severity: 'hint' })

describe('composing', () => {
  it('gives a prompt of this installation that has no findings', async () => {
    const { status, body } = await compose({ persona: 'sre-orchestrator', task: 'inspect-failed-jobs' })
    expect({ status, findings: body.findings }).toEqual({ status: 200, findings: [] })
    expect(body.text).toContain('Toolkit `regex`')
    expect(await check({ text: body.text })).toEqual({
      digest: body.digest,
      pinned: body.digest,
      findings: [],
    })
  })

  it('knows what a workspace adds', async () => {
    await mkdir(join(root, 'ai/tasks'), { recursive: true })
    await writeFile(
      join(root, 'ai/tasks/count.yaml'),
      `slug: count-jobs
title: Count jobs
group: monitoring
persona: sre-orchestrator
routes: [/jobs]
steps: [{ id: count, title: Count, operation: jobs.counts }]
success: [It is counted.]
origin: { pullRequest: "#1", docs: [docs/TODO.yaml], code: [docs/TODO.yaml] }
`,
    )
    const request = { persona: 'sre-orchestrator', task: 'count-jobs' }
    expect((await compose({ ...request, workspaceId })).body).toMatchObject({
      name: 'count-jobs',
      findings: [noPullRequest],
    })
    expect((await compose(request)).status).toBe(404)
    const { text } = (await compose({ ...request, workspaceId })).body
    expect((await check({ text, workspaceId })).findings).toEqual([noPullRequest])
    expect((await check({ text })).findings).toMatchObject([{ code: 'task_unknown' }])
  })

  it.each([
    ['a persona that may not', { persona: 'documentation-guide', task: 'inspect-failed-jobs' }, 'persona'],
    [
      'inputs that do not fit',
      { persona: 'sre-orchestrator', task: 'inspect-failed-jobs', inputs: { x: '1' } },
      'inputs',
    ],
  ])('refuses %s by the field', async (_what, body, path) => {
    for (const extra of [{}, { workspaceId }]) {
      expect(await compose({ ...body, ...extra })).toMatchObject({
        status: 400,
        body: { errors: [{ path }] },
      })
    }
  })
})

describe('prompts of a workspace', () => {
  type Shown = OutputOf<typeof getPrompt>
  const put = (name: string, body: object) => toolbox.api.call<Shown>('PUT', `${prompts}/${name}`, { body })
  const get = (name: string) => toolbox.api.call<Shown>('GET', `${prompts}/${name}`)
  const list = async () => (await toolbox.api.ask<OutputOf<typeof listPrompts>>('GET', prompts)).items

  it('are files of ai/prompts, told with what is wrong with them', async () => {
    const { text } = (await compose({ persona: 'sre-orchestrator', task: 'review-dashboard', workspaceId }))
      .body
    const { body } = await put('dashboard', { text: `${text}\n- See \`/nowhere\`.\n` })
    expect(await readFile(join(root, 'ai/prompts/dashboard.md'), 'utf8')).toBe(body.prompt.text)
    expect(body.prompt.findings.map(({ file, code }) => [file, code])).toEqual([
      ['ai/prompts/dashboard.md', 'origin_no_pull_request'],
      ['ai/prompts/dashboard.md', 'digest_stale'],
      ['ai/prompts/dashboard.md', 'route_unknown'],
    ])
    expect((await get('dashboard')).body).toEqual(body)
    expect(await list()).toMatchObject([{ name: 'dashboard', persona: 'sre-orchestrator', faults: 2 }])
  })

  it('are replaced and removed only as who changes them has seen them', async () => {
    const first = (await put('mine', { text: 'one' })).body.prompt
    expect(await put('mine', { text: 'two' })).toMatchObject({
      status: 409,
      body: { currentVersion: first.version },
    })
    const second = (await put('mine', { text: 'two', ifVersion: first.version })).body.prompt
    expect((await put('mine', { text: 'three', ifVersion: first.version })).status).toBe(409)
    expect((await put('other', { text: 'x', ifVersion: first.version })).status).toBe(409)
    const remove = (ifVersion: string) =>
      toolbox.api.call('DELETE', `${prompts}/mine`, { body: { ifVersion } })
    expect((await remove(first.version)).status).toBe(409)
    expect((await get('mine')).body.prompt.text).toBe('two')
    expect((await remove(second.version)).status).toBe(200)
    expect((await get('mine')).status).toBe(404)
  })

  it('lose nothing when many write at once: one of them does, the others are told', async () => {
    const { version } = (await put('busy', { text: 'start' })).body.prompt
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => put('busy', { text: `${index}`, ifVersion: version })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 409)])
    const winner = answers.find(({ status }) => status === 200)
    expect((await get('busy')).body.prompt.text).toBe(winner?.body.prompt.text)
  })

  it.each(['..%2f..%2fdocs%2fTODO', '.hidden', 'a%5cb', 'a%00b'])('have no name such as %s', async (name) => {
    expect((await put(name, { text: 'x' })).status).toBe(400)
    expect(await readFile(join(root, 'docs/TODO.yaml'), 'utf8')).toBe(smallBacklog)
  })

  it('never lead out of the workspace by a link', async () => {
    await using outside = await temporaryDirectory()
    await writeFile(join(outside.path, 'theirs.md'), 'theirs')
    await symlink(join(outside.path, 'theirs.md'), join(root, 'ai/prompts/linked.md'))
    expect((await get('linked')).status).toBeGreaterThanOrEqual(400)
    expect((await put('linked', { text: 'ours' })).status).toBeGreaterThanOrEqual(400)
    expect(await readFile(join(outside.path, 'theirs.md'), 'utf8')).toBe('theirs')
  })
})

describe("a toolkit's task", () => {
  it.each(['in a workspace', 'without one'])(
    'has a prompt that is in order composed for it, %s',
    async (where) => {
      const inputs = { url: 'https://example.org/', budgetMs: 250 }
      const body = { persona: 'sre-orchestrator', task: 'latency-sleuth.check-budget', inputs }
      const { status, body: composed } = await compose(
        where === 'in a workspace' ? { ...body, workspaceId } : body,
      )
      expect(status).toBe(200)
      expect(composed).toMatchObject({
        name: 'latency-sleuth.check-budget',
        findings: where === 'in a workspace' ? [noPullRequest] : [],
        notOffered: [],
      })
      const text = `${composed.text}\n`.replace(
        'task: latency-sleuth.check-budget',
        'task: latency-sleuth.check-budgets',
      )
      const { findings } = await check({ text, workspaceId })
      expect(findings.map(({ code }) => code)).toContain('task_unknown')
    },
  )
})
