import { expect, test } from 'vitest'
import { createScene, isAlive, until } from './test/scene.ts'

test('load answers the operations that the code defines', async () => {
  await using scene = await createScene()
  const code = await scene.install('sample', { probe: '() => 1', sweep: '() => 2' })
  expect(await scene.hosts.load(code)).toEqual({ operations: ['probe', 'sweep'] })
})

test('load names what the manifest and the code do not agree on', async () => {
  await using scene = await createScene()
  const code = await scene.installFiles('sample', {
    'toolkit.json': JSON.stringify({ operations: [{ id: 'promised' }], health: { operation: 'health' } }),
    'server/index.ts': `import { defineOperation, defineToolkit } from '@sre-toolbox/sdk'
      export default defineToolkit({
        operations: { extra: defineOperation(() => 1) },
        health: defineOperation(() => ({ status: 'healthy' })),
      })`,
  })
  await expect(scene.hosts.load(code)).rejects.toThrow(
    'toolkit.json lists the operation promised, which server/index.ts does not define. server/index.ts defines the operation extra, which toolkit.json does not list.',
  )
})

test('load rejects with the cause when the code throws, word for word', async () => {
  await using scene = await createScene()
  const code = await scene.install('sample', { probe: '() => 1' }, "throw new Error('no moon tonight')")
  await expect(scene.hosts.load(code)).rejects.toThrow(/no moon tonight/)
  const end = await scene.start(code, 'probe').ended
  expect(end).toMatchObject({ kind: 'failed', code: 'toolkit_unloadable' })
})

test('load rejects code that never finishes loading', async () => {
  await using scene = await createScene({ limits: { loadWithinMs: 300 } })
  const code = await scene.install('sample', { probe: '() => 1' }, 'await new Promise(() => {})')
  await expect(scene.hosts.load(code)).rejects.toThrow('did not finish loading within 0.3 s')
})

test('a bundle may hold several modules, JSON, and plain JavaScript', async () => {
  await using scene = await createScene()
  const code = await scene.installFiles('sample', {
    'toolkit.json': '{}',
    'server/index.ts': `import { defineToolkit, defineOperation } from '@sre-toolbox/sdk'
      import { double } from './math/double.ts'
      import { half } from '../lib/half.js'
      import words from './words.json' with { type: 'json' }
      import { readFileSync } from 'node:fs'
      const text: string = readFileSync(new URL('./words.json', import.meta.url), 'utf8')
      export default defineToolkit({ operations: { all: defineOperation(() => [double(4), half(4), words.one, text]) } })`,
    'server/math/double.ts': 'export const double = (value: number): number => value * 2',
    'lib/half.js': 'export const half = (value) => value / 2',
    'server/words.json': '{"one":"eins"}',
  })
  expect(await scene.call(code, 'all')).toEqual([8, 2, 'eins', '{"one":"eins"}'])
})

test('a handler is given input, settings, job and declared environment, and answers with its output', async () => {
  await using scene = await createScene({
    environmentOf: () => ({ REGION: 'north', NODE_OPTIONS: '--allow-net' }),
  })
  const code = await scene.install('sample', {
    show: '(input, { settings, job, environment }: ToolkitContext) => ({ input, settings, job, environment, names: Object.keys(process.env) })',
  })
  const job = { id: 'one', attempt: 2 }
  expect(await scene.call(code, 'show', { a: 1 }, { settings: { b: 2 }, job })).toEqual({
    input: { a: 1 },
    settings: { b: 2 },
    job,
    environment: { REGION: 'north', NODE_OPTIONS: '--allow-net' },
    names: ['REGION', 'NODE_OPTIONS'],
  })
})

test('log lines and progress arrive before the end, in order', async () => {
  await using scene = await createScene()
  const code = await scene.install('sample', {
    work: `async (_input, { log, progress }: ToolkitContext) => {
      for (let n = 1; n <= 1000; n++) log.info('line ' + n)
      progress({ percent: 10, message: 'first' })
      progress({ percent: 250, done: 3, steps: [{ id: 'a', title: 'A', status: 'running' }, { id: 'b', title: 'B', status: 'odd' }] })
      log.warn('last')
    }`,
  })
  const run = scene.start(code, 'work')
  expect(await run.ended).toEqual({ kind: 'succeeded', output: null })
  expect(run.logs.map(({ text }) => text)).toEqual([
    ...Array.from({ length: 1000 }, (_, n) => `line ${n + 1}`),
    'last',
  ])
  expect(run.logs.at(-1)?.level).toBe('warn')
  expect(run.reports).toEqual([
    { percent: 100, message: 'first', done: 3, steps: [{ id: 'a', title: 'A', status: 'running' }] },
  ])
})

test('an OperationError fails with its code; any other error is handler_error with its stack in the log', async () => {
  await using scene = await createScene()
  const code = await scene.install('sample', {
    expected: "() => { throw new OperationError('host_unknown', 'There is no such host.') }",
    fault: "() => { throw new TypeError('x is not a function') }",
    text: "() => { throw 'just text' }",
    endless: "() => { throw new OperationError('x'.repeat(9_000), 'y'.repeat(9_000_000)) }",
    missingOutput: '() => 10n',
  })
  expect(await scene.start(code, 'expected').ended).toEqual({
    kind: 'failed',
    code: 'host_unknown',
    message: 'There is no such host.',
  })
  const fault = scene.start(code, 'fault')
  expect(await fault.ended).toEqual({ kind: 'failed', code: 'handler_error', message: 'x is not a function' })
  expect(fault.logs).toMatchObject([
    { level: 'error', text: expect.stringContaining('TypeError: x is not a function\n    at ') },
  ])
  expect(await scene.start(code, 'text').ended).toMatchObject({ code: 'handler_error', message: 'just text' })
  expect(await scene.start(code, 'endless').ended).toMatchObject({
    code: 'x'.repeat(100),
    message: 'y'.repeat(4000),
  })
  expect(await scene.start(code, 'missingOutput').ended).toMatchObject({ code: 'output_unusable' })
  expect(await scene.start(code, 'nowhere').ended).toMatchObject({ code: 'operation_missing' })
})

test('requests reach the services and their refusals reach the handler', async () => {
  await using scene = await createScene()
  const code = await scene.install('sample', {
    ask: `async (_input, { secrets, store, jobs, fetch }: ToolkitContext) => {
      const refusal = await fetch('http://example.test/').catch(({ name, message }) => ({ name, message }))
      return [await secrets.get('secret:a#b'), await store.put('k', [1], { ifVersion: 0 }), await jobs.get('7'), refusal]
    }`,
  })
  const asked: unknown[] = []
  const output = await scene.call(
    code,
    'ask',
    {},
    {
      request: async (method, params) => {
        asked.push([method, params])
        if (method === 'fetch') throw new Error('not today')
        return { 'secrets.get': { value: 'v' }, 'store.put': { version: 1 }, call: { job: { id: '7' } } }[
          method
        ]
      },
    },
  )
  expect(output).toEqual(['v', { version: 1 }, { id: '7' }, { name: 'RequestError', message: 'not today' }])
  expect(asked).toEqual([
    ['fetch', expect.objectContaining({ url: 'http://example.test/', method: 'GET', maxRedirects: 5 })],
    ['secrets.get', { reference: 'secret:a#b' }],
    ['store.put', { key: 'k', value: [1], ifVersion: 0 }],
    ['call', { operation: 'jobs.get', input: { jobId: '7' } }],
  ])
})

test('abort fires the signal, gives up fetch, and leaves the store usable', async () => {
  await using scene = await createScene()
  const code = await scene.install('sample', {
    wait: `async (_input, { signal, fetch, store, progress }: ToolkitContext) => {
      progress({ message: 'waiting' })
      await fetch('http://example.test/').catch(() => {})
      await store.put('stopped', true)
      return signal.reason.message
    }`,
  })
  let fetchSignal: AbortSignal | undefined
  const run = scene.start(
    code,
    'wait',
    {},
    {
      request: (method, _params, signal) => {
        if (method !== 'fetch') return Promise.resolve({ version: 1 })
        fetchSignal = signal
        return new Promise(() => {})
      },
    },
  )
  await until(() => run.reports.length > 0 && fetchSignal !== undefined)
  run.abort('enough')
  expect(await run.ended).toEqual({ kind: 'succeeded', output: 'enough' })
  expect(fetchSignal?.aborted).toBe(true)
  run.abort('again')
  await run.kill()
  expect(scene.hosts.list()).toHaveLength(1)
})

test('what is aborted before a process takes it up never begins', async () => {
  await using scene = await createScene()
  const code = await scene.install('sample', {
    act: "(_input, { log }: ToolkitContext) => log.info('began')",
  })
  const run = scene.start(code, 'act')
  run.abort('at once')
  expect(await run.ended).toEqual({ kind: 'exited', message: 'The operation was stopped before it began.' })
  expect(await run.began).toBe(false)
  const next = scene.start(code, 'act')
  expect([await next.began, (await next.ended).kind, run.logs]).toEqual([true, 'succeeded', []])
})

test('kill ends the process group, verified, and says so', async () => {
  await using scene = await createScene()
  const code = await scene.install('sample', {
    loop: "(_input, { progress }: ToolkitContext) => { setTimeout(() => { for (;;); }, 50); progress({ message: 'on' }); return new Promise(() => {}) }",
  })
  const run = scene.start(code, 'loop')
  await until(() => run.reports.length > 0)
  const pid = scene.hosts.list()[0]?.pid as number
  await run.kill()
  expect(isAlive(pid)).toBe(false)
  expect(isAlive(-pid)).toBe(false)
  expect(await run.ended).toMatchObject({ kind: 'exited', message: expect.stringContaining('killed') })
})

test('what must not be repeated runs in a process of its own, at most so many at once', async () => {
  await using scene = await createScene({ maxExclusive: 2 })
  const code = await scene.install('sample', {
    pid: 'async () => { await new Promise((resolve) => setTimeout(resolve, 100)); return process.pid }',
    hang: "(_input, { progress }: ToolkitContext) => { progress({ message: 'on' }); return new Promise(() => {}) }",
  })
  const shared = scene.start(code, 'hang')
  const alone = Array.from({ length: 5 }, () => scene.call(code, 'pid', {}, { exclusive: true }))
  await until(() => shared.reports.length > 0)
  await shared.kill()
  const pids = (await Promise.all(alone)) as number[]
  expect(new Set(pids).size).toBe(2)
})

test('an idle process ends, and the next call starts another', async () => {
  await using scene = await createScene({ idleMs: 50 })
  const code = await scene.install('sample', { pid: '() => process.pid' })
  const first = (await scene.call(code, 'pid')) as number
  await until(() => scene.hosts.list().length === 0)
  expect(isAlive(first)).toBe(false)
  expect(await scene.call(code, 'pid')).not.toBe(first)
  expect(scene.hosts.list()[0]).toMatchObject({ restarts: 0, running: 0 })
})

test('retire lets running calls finish and then ends the processes', async () => {
  await using scene = await createScene()
  const code = await scene.install('sample', {
    work: 'async () => { await new Promise((resolve) => setTimeout(resolve, 200)); return process.pid }',
  })
  const run = scene.start(code, 'work')
  await scene.hosts.retire('sample', code.digest)
  expect(await run.ended).toMatchObject({ kind: 'succeeded' })
  expect(scene.hosts.list()).toEqual([])
})

test('an idle host holds at most 60 MB', async () => {
  await using scene = await createScene()
  const code = await scene.install('sample', { noop: '() => null' })
  await scene.call(code, 'noop')
  expect((scene.hosts.list()[0]?.residentBytes ?? 0) / 1024 ** 2).toBeLessThanOrEqual(60)
})
