import type { OperationFact } from '@sre-toolbox/contract/codex-facts'
import { describe, expect, test } from 'vitest'
import { scratch } from '../../test/scratch.ts'
import { loadPersonas } from '../personas/load-personas.ts'
import { readToolkitAdditions } from './toolkit-additions.ts'

const operation = (id: string, effect: OperationFact['effect']): OperationFact => ({
  ...{ id: `disks.${id}`, title: id, access: 'toolkit.user', effect, inputs: ['host'], toolkit: 'disks' },
})
const from = 'origin: { pullRequest: "#7", docs: [docs/index.md], code: [server/index.ts] }\n'
const head =
  'slug: disks.look\ntitle: Look\ngroup: monitoring\nroutes: ["/toolkits/:slug/*"]\nsuccess: [It is seen.]\n'
const task = (steps: string, persona = 'sre-orchestrator') =>
  `${head}persona: ${persona}\nsteps: [${steps}]\n${from}`
const step = (operation: string, rest = '') =>
  `{ id: s${operation.replace(/\W/g, '')}, title: S, operation: ${operation}${rest} }`
const persona = (extra: string) =>
  `name: Disk Watcher\nslug: disks.watcher\nscope: Disks.\nentryRoutes: [/toolkits]\nroles: [toolkit.user]\nguardrails: [{ text: Name the disk. }]\n${extra}${from}`
const harmless = 'superuser: false\noperations: ["disks.*", jobs.list]\ntoolkitEffects: []\n'

/** What is read of a toolkit `disks` with these files, which asks for `jobs.list`, `jobs.cancel` and `users.create`. */
async function read(files: Record<string, string>, { bundled = false } = {}) {
  using place = scratch({ 'docs/index.md': '', 'server/index.ts': '', ...files })
  const paths = Object.keys(files)
  return await readToolkitAdditions(
    {
      slug: 'disks',
      version: '1.2.0',
      directory: place.root,
      bundled,
      operations: [operation('usage', 'read'), operation('clean', 'write')],
      jobs: ['disks.clean'],
      permitted: ['jobs.list', 'jobs.cancel', 'users.create', 'regex.match', 'toolkits.call'],
      files: {
        tasks: paths.filter((path) => path.startsWith('tasks/')),
        personas: paths.filter((path) => path.startsWith('personas/')),
        prompts: paths.filter((path) => path.startsWith('prompts/')),
      },
    },
    () => loadPersonas(),
  )
}

describe('a task of a toolkit', () => {
  test.each([
    ["calls the toolkit's own operations", task(step('disks.usage'))],
    ['calls what the manifest asks for', task(step('jobs.list'))],
    [
      'waits for a job that it began itself',
      task(
        `{ id: clean, title: C, operation: disks.clean }, ${step('jobs.get', ', input: { jobId: "{{steps.clean.job.id}}" }')}`,
      ),
    ],
    ['asks a person before it changes the product', task(step('jobs.cancel', ', confirm: Cancel it?'))],
  ])('may stand there when it %s', async (_what, text) => {
    const { additions, faults } = await read({ 'tasks/look.yaml': text })
    expect(faults).toEqual([])
    expect(additions).toMatchObject({ toolkit: 'disks', version: '1.2.0', tasks: [{ slug: 'disks.look' }] })
  })

  test.each([
    ['is no YAML', 'slug: [', /^tasks\/look\.yaml: /],
    ['lacks what a task has', from, /title/],
    [
      "bears a canonical task's name",
      task(step('disks.usage')).replace('disks.look', 'audit-toolkits'),
      /the toolkit's slug, a dot and a name/,
    ],
    [
      "bears another toolkit's name",
      task(step('disks.usage')).replace('disks.look', 'regex.look'),
      /regex\.look must begin with disks\./,
    ],
    [
      'names an operation that is not there',
      task(step('disks.melt')),
      /disks\.melt is no operation of the product, and none of disks/,
    ],
    [
      "calls another toolkit's operation",
      task(step('regex.match')),
      /regex\.match is no operation of the product/,
    ],
    [
      'reads what the manifest does not ask for',
      task(step('users.list'), 'access-steward'),
      /list it under permissions\.operations/,
    ],
    [
      'looks at a job that it did not begin',
      task(step('jobs.get', ', input: { jobId: abc }')),
      /may not call jobs\.get/,
    ],
    [
      "looks at a job that the toolkit's own code named",
      task(
        `{ id: usage, title: U, operation: disks.usage }, ${step('jobs.get', ', input: { jobId: "{{steps.usage.job.id}}" }')}`,
      ),
      /may not call jobs\.get/,
    ],
    ['goes through a door to other operations', task(step('toolkits.call')), /passes on to other operations/],
    [
      'changes the product unasked',
      task(step('users.create'), 'access-steward'),
      /users\.create changes the product itself: add `confirm`/,
    ],
    [
      'does what its persona may not',
      task(step('disks.clean'), 'documentation-guide'),
      /documentation-guide may not call disks\.clean/,
    ],
    ['has a persona that is not known', task(step('disks.usage'), 'nobody'), /persona nobody is not known/],
    ['names no origin', task(step('disks.usage')).replace(from, ''), /say where it comes from/],
    [
      'names no pull request',
      task(step('disks.usage')).replace('pullRequest: "#7", ', ''),
      /names no pull request/,
    ],
    [
      'names a pull request that is none',
      task(step('disks.usage')).replace('#7', 'seven'),
      /must be a number such as #12, or an address/,
    ],
    [
      'names documentation that is not there',
      task(step('disks.usage')).replace('docs/index.md', 'docs/look.md'),
      /docs\/look\.md, which is not there/,
    ],
  ])('is refused when it %s', async (_what, text, expected) => {
    const { faults } = await read({ 'tasks/look.yaml': text })
    expect(faults.join('\n')).toMatch(expected)
  })

  test('needs to name no pull request when it came with the product', async () => {
    const text = task(step('disks.usage')).replace('pullRequest: "#7", ', '')
    expect((await read({ 'tasks/look.yaml': text }, { bundled: true })).faults).toEqual([])
  })

  test('is there once', async () => {
    const text = task(step('disks.usage'))
    const { faults } = await read({ 'tasks/a.yaml': text, 'tasks/b.yaml': text })
    expect(faults).toEqual(['disks.look is there twice; choose another name'])
  })
})

describe('a persona of a toolkit', () => {
  test("reaches the toolkit's own operations, and reads what its manifest asks for", async () => {
    const files = {
      'personas/w.yaml': persona(harmless),
      'tasks/look.yaml': task(step('disks.clean'), 'disks.watcher'),
    }
    const { additions, faults } = await read(files)
    expect(faults).toEqual([])
    expect(additions.personas).toMatchObject([
      { slug: 'disks.watcher', operations: ['disks.*', 'jobs.list'] },
    ])
  })

  test.each([
    ['is a superuser', harmless.replace('superuser: false', 'superuser: true'), /superuser must be false/],
    [
      "reaches other toolkits' operations",
      harmless.replace('Effects: []', 'Effects: [read]'),
      /toolkitEffects must be empty/,
    ],
    ['may change the product', harmless.replace('jobs.list', 'jobs.cancel'), /jobs\.cancel is beyond it/],
    ['takes a whole capability', harmless.replace('jobs.list', '"jobs.*"'), /jobs\.\* is beyond it/],
    [
      'reads what the manifest does not ask for',
      harmless.replace('jobs.list', 'users.list'),
      /users\.list is beyond it/,
    ],
  ])('is refused when it %s', async (_what, extra, expected) => {
    const { faults } = await read({ 'personas/w.yaml': persona(extra) })
    expect(faults.join('\n')).toMatch(expected)
  })

  test("does not stand in the place of one of the product's", async () => {
    const { faults } = await read({
      'personas/w.yaml': persona(harmless).replace('disks.watcher', 'sre-orchestrator'),
    })
    expect(faults.join('\n')).toMatch(/a dot and a name/)
  })
})

describe('a prompt of a toolkit', () => {
  const prompt = `---
title: Look at disks
persona: disks.watcher
task: disks.look
origin: { pullRequest: "#7", docs: [docs/index.md], code: [server/index.ts] }
---
# Look at disks

## Environment

Signed in to the Toolbox at \`TOOLBOX_URL\` with a token.

## Roles

\`toolkit.user\`. Without it, ask an administrator.

## Inputs

None.

## Outputs

The answer of \`disks.usage\`, and the page \`/jobs\`.

## Safety

### Safe commands

- \`disks.usage\`

### Forbidden operations

- Everything else.

A person confirms whatever destroys something. When the toolkit does not load, use what \`GenericToolkitPlaceholder\` offers,
and name the specifier (\`local\` or \`remote\`).

## Observability

Watch the queue on the page \`/jobs\`.
`
  const rest = {
    'personas/w.yaml': persona(harmless),
    'tasks/look.yaml': task(step('disks.usage'), 'disks.watcher'),
  }

  test("is named after its file, and linted with the toolkit's own operations, task and persona", async () => {
    const { additions, faults } = await read({ ...rest, 'prompts/disks.md': prompt })
    expect(faults).toEqual([])
    expect(additions.prompts).toMatchObject([
      {
        name: 'disks.disks',
        title: 'Look at disks',
        task: 'disks.look',
        text: prompt,
        origin: { pullRequest: '#7' },
      },
    ])
  })

  test.each([
    [
      'lacks a section',
      prompt.replace('## Observability', '### Observability'),
      /prompts\/disks\.md:\d+:\d+: /,
    ],
    ['names what is not there', prompt.replace('- `disks.usage`', '- `disks.usages`'), /disks\.usages/],
    ['names a task that is not there', prompt.replace('task: disks.look', 'task: disks.peek'), /disks\.peek/],
    ['names no origin', prompt.replace(/^origin.*\n/m, ''), /say where it comes from/],
    [
      'has an origin of another shape',
      prompt.replace('docs: [docs/index.md], ', ''),
      /prompts\/disks\.md: origin: /,
    ],
  ])('is refused when it %s', async (_what, text, expected) => {
    const { faults } = await read({ ...rest, 'prompts/disks.md': text })
    expect(faults.join('\n')).toMatch(expected)
  })
})
