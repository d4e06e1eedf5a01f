import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { runtimeStatus } from '@sre-toolbox/contract/runtime'
import { expect, test } from 'vitest'
import packageFile from '../../../package.json' with { type: 'json' }
import type { Executor } from '../jobs/index.ts'
import { createScene } from './test/scene.ts'

const bundled = {
  directories: [{ path: join(import.meta.dirname, '../../../toolkits'), bundled: true }],
  productVersion: packageFile.version,
}

test('the toolkits that come with the product have no fault, and their code defines what their manifests promise', async () => {
  await using scene = await createScene({}, bundled)
  expect(scene.toolkits.faults).toEqual([])
  expect(scene.toolkits.all.map(({ slug }) => slug)).toEqual(['latency-sleuth', 'regex', 'toolbox-health'])
  for (const { code, manifest } of scene.toolkits.all) {
    const { operations } = await scene.hosts.load(code)
    expect([...operations].sort()).toEqual(manifest.operations.map(({ id }) => id).sort())
  }
})

test('a hostile pattern times out, and calls beside it and after it get their answers', async () => {
  await using scene = await createScene({}, bundled)
  const hostile = { pattern: '^(a+)+$', text: `${'a'.repeat(5000)}!` }
  const attack = scene.run('regex.match', hostile).catch((error: unknown) => error)
  const beside = scene.run('regex.match', { pattern: 'b', text: 'abc' })
  expect(await attack).toMatchObject({ code: 'timed_out' })
  expect(await beside).toMatchObject({ matches: [{ start: 1, end: 2 }] })
  expect(await scene.run('regex.replace', { pattern: 'b', text: 'abc', replacement: '-' })).toEqual({
    text: 'a-c',
    replacements: 1,
  })
  expect(await scene.run('regex.explain', { pattern: hostile.pattern })).toMatchObject({
    warnings: [{ start: 1, end: 6 }],
  })
}, 15_000)

test('latency-sleuth times every phase of a real request, as a call and as a job', async () => {
  const server = createServer((_request, response) => response.end('well'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  await using scene = await createScene({}, bundled)
  expect(await scene.run('latency-sleuth.quick', { url })).toMatchObject({
    ok: true,
    status: 200,
    dns: null,
    connect: expect.any(Number),
    tls: null,
    firstByte: expect.any(Number),
    total: expect.any(Number),
  })

  await scene.run('latency-sleuth.probe', { url, count: 4, budgetMs: 60_000 })
  const [submitted] = scene.submitted
  const lines: string[] = []
  const execution = scene.toolkits.executor.start(workOf(submitted?.job.input), {
    log: async (all) => void lines.push(...all.map(({ text }) => text)),
    progress: () => {},
  })
  expect(await execution.ended).toMatchObject({
    kind: 'succeeded',
    output: { count: 4, failed: 0, verdict: { withinBudget: true } },
  })
  expect(lines.filter((line) => line.startsWith('#'))).toHaveLength(4)
  expect(await scene.run('latency-sleuth.history', { url })).toMatchObject({
    items: [{ url, count: 4, jobId }],
  })
  await new Promise((resolve) => server.close(resolve))
})

const jobId = '019a0000-0000-7000-8000-000000000001'

function workOf(input: unknown): Parameters<Executor['start']>[0] {
  return {
    ...{ jobId, attempt: 1, toolkit: 'latency-sleuth', toolkitVersion: '0.1.0', operation: 'probe' },
    ...{ input, idempotent: true, requestedBy: { id: 'u1', name: 'ada', token: null, tokenId: null } },
  }
}

test('latency-sleuth takes no credentials in a URL', async () => {
  await using scene = await createScene({}, bundled)
  const attempt = scene.run('latency-sleuth.quick', { url: 'https://ada:canary@example.test/' })
  await expect(attempt).rejects.toMatchObject({ code: 'validation_failed' })
})

test('toolbox-health keeps what the product says of its parts, and is the health of the toolkit', async () => {
  await using scene = await createScene({}, bundled)
  const part = { status: 'healthy', message: 'well', measures: { freeBytes: 5 } } as const
  const status = runtimeStatus.output.parse({
    version: '1.2.3',
    startedAt: '2030-01-01T00:00:00.000Z',
    hosts: [],
    uptimeSeconds: 1,
    roles: ['api'],
    parts: [
      { ...part, name: 'disk' },
      { ...part, name: 'queue', status: 'degraded', message: 'jobs wait' },
    ],
  })
  scene.offer(runtimeStatus.id, async () => status)
  await scene.toolkits.health.check('toolbox-health')
  expect(await scene.run('toolkits.get', { slug: 'toolbox-health' })).toMatchObject({
    toolkit: { health: { status: 'degraded', message: 'queue: jobs wait' } },
  })
  expect(await scene.run('toolbox-health.history', { part: 'disk' })).toMatchObject({
    points: [{ status: 'healthy', measures: { freeBytes: 5 } }],
  })
  expect(await scene.run('toolbox-health.current')).toMatchObject({ sample: { status: 'degraded' } })
})
