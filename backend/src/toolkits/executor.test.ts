import { expect, test } from 'vitest'
import type { Executor } from '../jobs/index.ts'
import { createScene } from './test/scene.ts'

type Work = Parameters<Executor['start']>[0]

const work: Work = {
  jobId: '019a0000-0000-7000-8000-000000000001',
  attempt: 2,
  toolkit: 'sample',
  toolkitVersion: '1.0.0',
  operation: 'go',
  input: { n: 1 },
  idempotent: true,
  requestedBy: { id: 'u1', name: 'ada', token: null, tokenId: null },
}

async function runWork(scene: Awaited<ReturnType<typeof createScene>>, extra: Partial<Work> = {}) {
  const lines: string[] = []
  const reports: object[] = []
  const execution = scene.toolkits.executor.start(
    { ...work, ...extra },
    {
      log: async (all) => void lines.push(...all.map(({ text }) => text)),
      progress: (update) => void reports.push(update),
    },
  )
  return { end: await execution.ended, lines, reports }
}

const job = { mode: 'job' } as const

test('a job runs with its input, settings and identity, and reports as it goes', async () => {
  const source = `(input, { log, progress, job }) => { log.info('at work'); progress({ done: 1, total: 2 }); return { input, job } }`
  await using scene = await createScene({ sample: { operations: { go: [source, job] } } })
  expect(await runWork(scene)).toEqual({
    end: { kind: 'succeeded', output: { input: { n: 1 }, job: { id: work.jobId, attempt: 2 } } },
    lines: ['at work'],
    reports: [{ done: 1, total: 2 }],
  })
})

test('a job calls other operations as its requester', async () => {
  await using scene = await createScene({
    sample: {
      manifest: { permissions: { operations: ['users.list'] } },
      operations: { go: [`(_, { call }) => call('users.list')`, job] },
    },
  })
  scene.offer('users.list', async (_, { caller, requestId }) => ({ caller: caller.name, requestId }))
  expect((await runWork(scene)).end).toEqual({
    kind: 'succeeded',
    output: { caller: 'ada', requestId: `job ${work.jobId}` },
  })
})

test('a job succeeds only with an output that fits the manifest', async () => {
  await using scene = await createScene({
    sample: { operations: { go: ['() => 1', { ...job, output: { type: 'string' } }] } },
  })
  expect((await runWork(scene)).end).toMatchObject({ kind: 'failed', code: 'output_invalid' })
})

test('a job that must not be repeated has a process to itself', async () => {
  await using scene = await createScene({ sample: { operations: { go: ['() => process.pid', job] } } })
  const pids = [{}, {}, { idempotent: false }].map((extra) => runWork(scene, extra))
  const [first, second, alone] = (await Promise.all(pids)).map(
    ({ end }) => end.kind === 'succeeded' && end.output,
  )
  expect(second).toBe(first)
  expect(alone).not.toBe(first)
})

test.each([
  ['of a toolkit that is gone', { toolkit: 'gone' }, 'toolkit_missing', 'gone is not here any more'],
  ['for another version', { toolkitVersion: '0.9.0' }, 'version_missing', 'Retry it to run it there'],
  ['of an operation that is gone', { operation: 'gone' }, 'operation_missing', 'has no operation gone'],
])('a job %s fails and says what to do', async (_, extra, code, message) => {
  await using scene = await createScene({ sample: { operations: { go: ['() => 1', job] } } })
  expect((await runWork(scene, extra)).end).toEqual({
    kind: 'failed',
    code,
    message: expect.stringContaining(message),
  })
})

test('a job of a disabled toolkit fails without running, and so does one whose settings do not fit', async () => {
  const settings = { type: 'object', properties: { url: { type: 'string' } }, required: ['url'] }
  await using scene = await createScene({
    sample: { manifest: { settings }, operations: { go: ['() => 1', job] } },
  })
  expect((await runWork(scene)).end).toMatchObject({ kind: 'failed', code: 'settings_invalid' })
  await scene.run('toolkits.disable', { slug: 'sample', justification: 'it misbehaves' })
  expect((await runWork(scene)).end).toMatchObject({ kind: 'failed', code: 'toolkit_disabled' })
  expect(scene.hosts.list()).toEqual([])
})
