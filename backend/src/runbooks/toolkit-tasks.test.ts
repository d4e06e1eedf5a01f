import { join } from 'node:path'
import type { OutputOf } from '@sre-toolbox/contract'
import type {
  getTask,
  listPersonas,
  listTasks,
  listToolkitPrompts,
} from '@sre-toolbox/contract/codex/library'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../../test/support/temporary.ts'
import { startToolbox, type Toolbox } from '../../../test/support/toolbox.ts'
import { writeToolkit } from '../toolkits/test/sample-toolkit.ts'
import { begin, untilEnded } from './test/runs.ts'

const origin = 'origin: { pullRequest: "#7", docs: [docs/index.md], code: [server/index.ts] }'
const disks = {
  manifest: {
    toolbox: '*',
    version: '1.2.0',
    codex: { tasks: ['codex/look.yaml'], personas: ['codex/watcher.yaml'], prompts: ['codex/tidy.md'] },
  },
  operations: { usage: ['() => ({ percent: 97 })'] as const },
  files: {
    'docs/index.md': '# Disks\n',
    'codex/watcher.yaml': `name: Disk Watcher
slug: disks.watcher
scope: Disks.
entryRoutes: ["/toolkits/:slug/*"]
roles: [toolkit.user]
superuser: false
operations: ["disks.*"]
toolkitEffects: []
guardrails: [{ text: Name the disk. }]
${origin}
`,
    'codex/look.yaml': `slug: disks.look
title: Look at the disks
group: monitoring
persona: disks.watcher
routes: ["/toolkits/:slug/*"]
steps:
  - id: usage
    title: Ask how full they are
    operation: disks.usage
    capture: [{ name: percent, from: "{{steps.usage.percent}}" }]
success: [{ text: It is known how full they are., holds: [{ value: "{{evidence.percent}}", is: 97 }] }]
${origin}
`,
    'codex/tidy.md': `---
title: Tidy up
persona: disks.watcher
task: disks.look
${origin}
---
## Environment
Signed in at \`TOOLBOX_URL\`.
## Roles
\`toolkit.user\`; without it ask an administrator.
## Inputs
None.
## Outputs
What \`disks.usage\` answers, shown at \`/jobs\`.
## Safety
A person confirms whatever destroys something. When the toolkit does not load, \`GenericToolkitPlaceholder\` stands in;
name the specifier (\`local\` or \`remote\`).
## Observability
The queue, and the page \`/jobs\`.
`,
  },
}

describe('what toolkits add to the codex', { timeout: 30_000 }, () => {
  let at: Toolbox
  const temporary = temporaryDirectory()
  beforeAll(async () => {
    const { path } = await temporary
    await writeToolkit(join(path, 'disks'), 'disks', disks)
    at = await startToolbox({ settings: { TOOLBOX_EXTRA_TOOLKITS: path } })
  })
  afterAll(async () => {
    await at[Symbol.asyncDispose]()
    await (await temporary)[Symbol.asyncDispose]()
  })

  const tasks = async () => (await at.api.ask<OutputOf<typeof listTasks>>('GET', '/api/codex/tasks')).items
  const prompts = async () =>
    (await at.api.ask<OutputOf<typeof listToolkitPrompts>>('GET', '/api/codex/prompts')).items
  const personas = async () =>
    (await at.api.ask<OutputOf<typeof listPersonas>>('GET', '/api/codex/personas')).items
  const set = (what: 'enable' | 'disable') =>
    at.api.ask('POST', `/api/toolkits/disks/${what}`, { body: { justification: 'to see what happens' } })

  it('is listed with the toolkit, its version, its pull request, docs and code', async () => {
    const from = {
      toolkit: 'disks',
      version: '1.2.0',
      pullRequest: '#7',
      docs: ['docs/index.md'],
      code: ['server/index.ts'],
    }
    expect((await tasks()).find(({ slug }) => slug === 'disks.look')).toMatchObject({
      runnable: true,
      origin: from,
    })
    expect((await personas()).find(({ slug }) => slug === 'disks.watcher')).toMatchObject({ origin: from })
    expect(await prompts()).toMatchObject([{ name: 'disks.tidy', task: 'disks.look', origin: from }])
    expect(await at.api.ask('GET', '/api/codex/prompts/disks.tidy')).toMatchObject({
      prompt: { text: disks.files['codex/tidy.md'] },
    })
  })

  it('runs as a job, under the persona of the toolkit', async () => {
    const { report } = await untilEnded(at.api, await begin(at.api, 'disks.look', {}))
    expect(report).toMatchObject({
      outcome: 'succeeded',
      persona: 'disks.watcher',
      evidence: { percent: 97 },
      guardrails: [{ text: 'Name the disk.', verdict: 'for_people' }],
      findings: [],
    })
  })

  it('has prompts composed for it that are in order', async () => {
    const body = { persona: 'disks.watcher', task: 'disks.look' }
    const composed = await at.api.ask<{ findings: object[]; text: string }>(
      'POST',
      '/api/codex/prompts/compose',
      {
        body,
      },
    )
    expect(composed.findings).toEqual([])
    expect(composed.text).toContain('`disks.usage`')
    const own = { text: disks.files['codex/tidy.md'] }
    expect(await at.api.ask('POST', '/api/codex/prompts/check', { body: own })).toMatchObject({
      findings: [],
    })
  })

  it('binds no token to the persona of a toolkit', async () => {
    const body = { name: 'watcher', persona: 'disks.watcher' }
    const answer = await at.api.call('POST', '/api/tokens', { body })
    expect(answer).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('there is no such persona') },
    })
  })

  it('is gone while the toolkit is disabled, and cannot be run', async () => {
    await set('disable')
    expect((await tasks()).map(({ slug }) => slug)).not.toContain('disks.look')
    expect(await prompts()).toEqual([])
    expect((await personas()).map(({ slug }) => slug)).not.toContain('disks.watcher')
    const refused = await at.api.call('POST', '/api/codex/tasks/disks.look/runs', { body: { inputs: {} } })
    expect(refused).toMatchObject({ status: 404 })
    await set('enable')
    expect((await tasks()).map(({ slug }) => slug)).toContain('disks.look')
  })

  describe('of the toolkits that come with the product', () => {
    const url = () => `${at.address}/healthz`
    const inputsOf: Readonly<Record<string, () => object>> = {
      'latency-sleuth.check-budget': () => ({ url: url(), budgetMs: 60_000, samples: 5 }),
      'regex.vet-pattern': () => ({ pattern: '^ERROR (\\d+)', wanted: 'ERROR 42', unwanted: 'no ERROR 42' }),
      'toolbox-health.look-at-parts': () => ({}),
    }

    it('is all known to these tests, and has criteria that are checked', async () => {
      const slugs = (await tasks()).filter(({ origin }) => origin).map(({ slug }) => slug)
      expect(slugs.filter((slug) => slug !== 'disks.look')).toEqual(Object.keys(inputsOf))
      for (const slug of slugs) {
        const { task } = await at.api.ask<OutputOf<typeof getTask>>('GET', `/api/codex/tasks/${slug}`)
        expect(task.success.every(({ holds }) => holds.length > 0)).toBe(true)
      }
    })

    it.each(Object.entries(inputsOf))('%s succeeds', async (slug, inputs) => {
      const { report } = await untilEnded(at.api, await begin(at.api, slug, inputs()))
      expect(report.findings).toEqual([])
      expect(report.steps.filter(({ error }) => error)).toEqual([])
      expect(report).toMatchObject({ outcome: 'succeeded' })
      expect(report.success.map(({ met }) => met)).not.toContain(null)
    })

    it('tells a latency budget that was not kept, with the times of each phase', async () => {
      const inputs = { url: 'http://127.0.0.1:9/', budgetMs: 1, samples: 1 }
      const { report } = await untilEnded(at.api, await begin(at.api, 'latency-sleuth.check-budget', inputs))
      expect(report.outcome).toBe('failed')
      expect(report.findings).toContainEqual({
        code: 'criterion_not_met',
        message: 'The budget was kept, and no sample failed.',
      })
      expect(report.evidence).toMatchObject({
        measured: { failed: 1 },
        failures: [{ number: 1, status: null, error: expect.any(String) }],
        verdict: { withinBudget: false },
      })
    })

    it('finds a pattern that can run away, and one that matches too much', async () => {
      const inputs = { pattern: '(a+)+b', wanted: 'aab', unwanted: 'xab' }
      const { report } = await untilEnded(at.api, await begin(at.api, 'regex.vet-pattern', inputs))
      expect(report.outcome).toBe('failed')
      expect(report.findings.map(({ message }) => message)).toEqual([
        'It does not match the line that it must not match.',
        'Nothing in it can run away on a text that almost matches.',
      ])
    })
  })
})
