import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryDirectory } from '../../../test/support/temporary.ts'
import { materialise } from '../adapters/toolkit-host/index.ts'
import { loadBundles } from './load-bundles.ts'
import { createSchemas } from './schemas.ts'
import { type SampleToolkit, writeFiles, writeToolkit } from './test/sample-toolkit.ts'

type Overrides = NonNullable<SampleToolkit['manifest']>

async function createScene() {
  const root = await temporaryDirectory()
  const bundles = join(root.path, 'bundles')
  await mkdir(bundles)
  return {
    bundles,
    load: (paths = [bundles]) =>
      loadBundles(
        paths.map((path) => ({ path, bundled: true })),
        {
          schemas: createSchemas(),
          productVersion: '1.2.3',
          reserved: new Set(['jobs']),
          placeCode: (slug, source) => materialise({ slug, source, storage: join(root.path, 'storage') }),
        },
      ),
    [Symbol.asyncDispose]: () => root[Symbol.asyncDispose](),
  }
}

/** What is said of a toolkit with one operation `go`, after its place. */
async function faultsOf(manifest: Overrides, go: Parameters<typeof operation>[0] = {}, slug = 'sample') {
  await using scene = await createScene()
  const directory = join(scene.bundles, 'sample')
  await writeToolkit(directory, slug, { manifest, operations: operation(go) })
  const { toolkits, faults } = await scene.load()
  expect(toolkits).toHaveLength(faults.length === 0 ? 1 : 0)
  return faults.map(({ message }) => message.replace(`${directory}: `, ''))
}

function operation(extra: NonNullable<NonNullable<SampleToolkit['operations']>[string][1]>) {
  return { go: ['() => 1', extra] as const }
}

describe('a bundle', () => {
  test('that is well becomes a toolkit, with its code in place', async () => {
    await using scene = await createScene()
    await writeToolkit(join(scene.bundles, 'one'), 'one', { operations: operation({}) })
    await mkdir(join(scene.bundles, 'no-bundle'))
    const { toolkits, faults } = await scene.load()
    expect(faults).toEqual([])
    expect(toolkits).toMatchObject([{ slug: 'one', bundled: true, code: { version: '1.0.0' } }])
    expect(toolkits[0]?.code.digest).toMatch(/^[0-9a-f]{64}$/)
    expect([...(toolkits[0]?.operations.keys() ?? [])]).toEqual(['go'])
  })

  test.each<[string, Overrides, string]>([
    ['an unknown field', { colour: 'red' } as Overrides, 'toolkit.json: colour is not a known field'],
    ['a slug in capitals', { slug: 'Sample' }, 'toolkit.json: slug must match pattern'],
    ['a version that is none', { version: '1.0' }, 'toolkit.json: version must match pattern'],
    ['a range that is none', { toolbox: 'soon' }, 'toolbox: soon is not a SemVer range'],
    [
      'a range without this product',
      { toolbox: '^2.0.0' },
      'it runs on SRE Toolbox ^2.0.0, and this is 1.2.3',
    ],
    ['a slug of the product', { slug: 'jobs' }, 'the slug jobs is taken by operations of the product'],
    ['a server that is not there', { server: 'server/main.ts' }, 'server: there is no server/main.ts'],
    ['docs that are not there', { docs: 'docs/' }, 'docs: there is no docs/'],
    ['an interface beside its server', { ui: 'server/ui.js' }, 'ui: browsers are given all of its directory'],
    ['an interface among all else', { ui: 'ui.js' }, 'ui: browsers are given all of its directory'],
    ['a path that leaves it', { docs: '../docs' }, 'toolkit.json: docs must match pattern'],
    [
      'settings with a secret in them',
      { settings: { type: 'object', properties: { p: { format: 'password' } } } },
      "can't hold secret values",
    ],
    [
      'settings that are no object',
      { settings: { type: 'string' } },
      "settings: the schema's type must be object",
    ],
    [
      'a health check that is not there',
      { health: { operation: 'pulse', everySeconds: 60 } },
      'health: pulse is not an operation',
    ],
    [
      'a card without its operation',
      { dashboardCards: [{ id: 'c', title: 'c', operation: 'x' }] },
      'dashboard card c: x is not an operation',
    ],
  ])('with %s is refused', async (_, manifest, fault) => {
    expect(await faultsOf(manifest)).toEqual([expect.stringContaining(fault)])
  })

  test.each<[string, Parameters<typeof operation>[0], string]>([
    [
      'input schema',
      { input: { type: 'object', $ref: 'https://a.test/' } },
      "operation go: input: can't resolve",
    ],
    [
      'input that is no object',
      { input: { type: 'string' } },
      "operation go: input: the schema's type must be object",
    ],
    ['output schema', { output: { type: 'strin' } }, 'operation go: output: schema is invalid'],
    [
      'job that takes a secret',
      { mode: 'job', input: { type: 'object', properties: { p: { writeOnly: true } } } },
      "a job can't take secret values",
    ],
  ])('with a bad %s is refused', async (_, extra, fault) => {
    expect(await faultsOf({}, extra)).toEqual([expect.stringContaining(fault)])
  })

  test('with operations and no server is refused', async () => {
    await using scene = await createScene()
    await writeFiles(join(scene.bundles, 'sample'), {
      'toolkit.json': JSON.stringify({
        ...{ schemaVersion: 1, slug: 'sample', name: 's', description: 's', version: '1.0.0', toolbox: '*' },
        operations: ['go', 'go'].map((id) => ({
          ...{ id, title: 'g', description: 'g', mode: 'call', effect: 'read', role: 'toolkit.user' },
          ...{ idempotent: true, timeoutSeconds: 1, input: { type: 'object' }, output: {} },
        })),
      }),
    })
    const { faults } = await scene.load()
    expect(faults.map(({ message }) => message.split(': ').slice(1).join(': '))).toEqual([
      'server: is required, because there are operations',
      'operation go is declared twice',
    ])
  })

  test('with a task of the codex that it could not carry out is refused, with the file and what is wrong', async () => {
    await using scene = await createScene()
    const directory = join(scene.bundles, 'sample')
    const codex = { tasks: ['codex/look.yaml', 'codex/gone.yaml'] }
    const look = `slug: sample.look
title: Look
group: monitoring
persona: sre-orchestrator
routes: [/toolkits]
steps: [{ id: look, title: Look, operation: users.list }]
success: [It is seen.]
origin: { pullRequest: "#7", docs: [toolkit.json], code: [server/index.ts] }
`
    await writeToolkit(directory, 'sample', { manifest: { codex }, files: { 'codex/look.yaml': look } })
    const { toolkits, faults } = await scene.load()
    expect(toolkits).toEqual([])
    expect(faults).toEqual([
      { bundled: true, message: expect.stringContaining('codex: codex/gone.yaml: ENOENT') },
      {
        bundled: true,
        message: `${directory}: codex: codex/look.yaml: step look: the toolkit may not call users.list: list it under permissions.operations in toolkit.json`,
      },
    ])
  })

  test('with a symbolic link in it is refused', async () => {
    await using scene = await createScene()
    await writeToolkit(join(scene.bundles, 'sample'), 'sample', {})
    await symlink('/etc/passwd', join(scene.bundles, 'sample/link'))
    expect((await scene.load()).faults).toMatchObject([{ message: expect.stringContaining('symbolic link') }])
  })
})

test('all faults of all bundles are told at once', async () => {
  await using scene = await createScene()
  await writeFiles(join(scene.bundles, 'a'), { 'toolkit.json': '{ "slug": ' })
  await writeFiles(join(scene.bundles, 'b'), { 'toolkit.json': '{}' })
  await writeToolkit(join(scene.bundles, 'c'), 'twin', {})
  await writeToolkit(join(scene.bundles, 'd'), 'twin', {})
  await writeToolkit(join(scene.bundles, 'e'), 'well', {})
  const { toolkits, faults } = await scene.load([scene.bundles, join(scene.bundles, 'missing')])
  expect(toolkits.map(({ slug }) => slug)).toEqual(['twin', 'well'])
  const told = faults.map(({ message }) => message.replace(`${scene.bundles}/`, ''))
  expect(told[0]).toContain('a: toolkit.json is not JSON')
  expect(told.filter((message) => message.startsWith('b: toolkit.json: '))).toHaveLength(7)
  expect(told.at(-2)).toBe(`d: the slug twin is taken by ${scene.bundles}/c`)
  expect(told.at(-1)).toContain('missing: ENOENT')
})
