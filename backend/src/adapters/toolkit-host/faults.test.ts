import { expect, test } from 'vitest'
import { createScene, isAlive, until } from './test/scene.ts'

const quick = { pingEveryMs: 100, unresponsiveAfterMs: 400 }
/** A process that collects garbage for its life on a busy machine must not be taken for one that hangs. */
const patient = { pingEveryMs: 100, unresponsiveAfterMs: 8000 }
const still = '() => new Promise(() => {})'

/** Each makes the process go away under its call; what the operator reads. */
const ends = [
  {
    name: 'runs out of heap',
    source: '() => { const all = []; for (;;) all.push(new Array(1000).fill(all.length)) }',
    says: /ran out of memory \(limit 64 MB of heap\)/,
  },
  {
    name: 'grows outside the heap',
    source:
      '() => { const all = []; const grow = () => { all.push(Buffer.alloc(20_000_000, 1)); setTimeout(grow, 20) }; grow(); return new Promise(() => {}) }',
    says: /ran out of memory \(\d+ MB of 200 MB allowed\)/,
  },
  {
    name: 'hangs in a loop',
    source: '() => { for (;;); }',
    says: /did not respond for 0\.4 s .* endless loop/,
  },
  { name: 'exits', source: '() => process.exit(7)', says: /ended itself with exit code 7/ },
  { name: 'aborts', source: '() => process.abort()', says: /ended by the signal SIGABRT/ },
  {
    name: 'lets an error escape',
    source: "() => { setTimeout(() => { throw new Error('stray') }); return new Promise(() => {}) }",
    says: /error that nothing caught: stray/,
  },
  {
    name: 'lets a rejection escape',
    source: "() => { void Promise.reject(new Error('lone')); return new Promise(() => {}) }",
    says: /error that nothing caught: lone/,
  },
  {
    name: 'forges frames',
    source:
      "async () => { (await import('node:fs')).writeSync(3, 'not a frame at all'); return new Promise(() => {}) }",
    says: /was killed because a frame of \d+ bytes is larger/,
  },
  {
    name: 'forges messages',
    source: `async () => { const frame = Buffer.from('....[{"type":"log","call":"x"}]'); frame.writeUInt32BE(frame.length - 4); (await import('node:fs')).writeSync(3, frame); return new Promise(() => {}) }`,
    says: /was killed because it sent a malformed "log" message/,
  },
] as const

test.each(ends)(
  'when a toolkit $name, its call ends as exited, others go on, and it is back within 5 s',
  async ({ name, source, says }) => {
    const pace = name === 'hangs in a loop' ? quick : patient
    await using scene = await createScene({ limits: { ...pace, heapMegabytes: 64, residentMegabytes: 200 } })
    const bad = await scene.install('bad', { fall: source, ping: "() => 'pong'" })
    const good = await scene.install('good', {
      wait: '() => new Promise((resolve) => setTimeout(resolve, 300, process.pid))',
    })
    const neighbour = scene.call(good, 'wait')
    const end = await scene.start(bad, 'fall').ended
    expect(end).toMatchObject({ kind: 'exited', message: expect.stringMatching(says) })

    const fallen = performance.now()
    expect(await scene.call(bad, 'ping')).toBe('pong')
    expect(performance.now() - fallen).toBeLessThan(5000)
    expect(scene.hosts.list().find(({ slug }) => slug === 'bad')).toMatchObject({
      restarts: 1,
      lastExit: expect.stringMatching(says),
    })
    expect(scene.hosts.list().find(({ slug }) => slug === 'good')?.pid).toBe(await neighbour)
  },
)

test('a process killed from outside ends its calls as exited', async () => {
  await using scene = await createScene()
  const code = await scene.install('sample', { still, pid: '() => process.pid' })
  const pid = (await scene.call(code, 'pid')) as number
  const runs = [scene.start(code, 'still'), scene.start(code, 'still')]
  process.kill(pid, 'SIGKILL')
  for (const run of runs)
    expect(await run.ended).toMatchObject({ kind: 'exited', message: expect.stringContaining('SIGKILL') })
})

test('a version that keeps crashing is started ever more slowly, and at least every 5 s', async () => {
  await using scene = await createScene()
  const code = await scene.install('sample', { exit: '() => process.exit(1)' })
  const started = performance.now()
  for (let n = 0; n < 4; n++) expect(await scene.start(code, 'exit').ended).toMatchObject({ kind: 'exited' })
  // Pauses of 0, 250 and 500 ms come before the second to fourth start.
  expect(performance.now() - started).toBeGreaterThan(750)
  const waiting = scene.start(code, 'exit')
  await waiting.kill()
  expect(await waiting.ended).toEqual({
    kind: 'exited',
    message: 'The operation was stopped before it began.',
  })
})

test('a flood of lines is dropped where it is made, counted and confessed, and everything kept arrives', async () => {
  await using scene = await createScene()
  const code = await scene.install('sample', {
    flood:
      "(_input, { log }: ToolkitContext) => { for (let n = 0; n < 500_000; n++) log.info('line ' + n); log.info('last') }",
  })
  const run = scene.start(code, 'flood')
  expect(await run.ended).toMatchObject({ kind: 'succeeded' })
  const dropped = Number(/^(\d+) lines were dropped/.exec(run.logs.at(-1)?.text ?? '')?.[1])
  expect(run.logs.length - 1 + dropped).toBe(500_001)
  expect(run.logs.slice(0, -1).map(({ text }) => text)).toEqual(
    run.logs.slice(0, -1).map((_line, n) => `line ${n}`),
  )
})

test('while lines can not be stored, no more than a bound of them leaves the host, and calls of other toolkits go on', async () => {
  await using scene = await createScene()
  const code = await scene.install('sample', {
    flood: `async (_input, { log }: ToolkitContext) => {
      for (let n = 0; n < 300; n++) {
        for (let m = 0; m < 200; m++) log.info('x'.repeat(1000))
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    }`,
    ping: '() => 1',
  })
  let held = 0
  const store = Promise.withResolvers<void>()
  const run = scene.start(
    code,
    'flood',
    {},
    {
      log: async (lines) => {
        held += lines.reduce((sum, { text }) => sum + text.length, 0)
        await store.promise
      },
    },
  )
  await until(() => held > 900_000)
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(held).toBeLessThan(1_600_000)
  expect(await scene.call(code, 'ping')).toBe(1)
  store.resolve()
  expect(await run.ended).toMatchObject({ kind: 'succeeded' })
})

test('flush waits for the store, and rejects when lines could not be stored', async () => {
  await using scene = await createScene()
  const code = await scene.install('sample', {
    work: "async (_input, { log }: ToolkitContext) => { log.info('a'); await log.flush(); return 'stored' }",
  })
  let stored = false
  const slow = scene.start(
    code,
    'work',
    {},
    {
      log: () =>
        new Promise((resolve) =>
          setTimeout(() => {
            stored = true
            resolve()
          }, 100),
        ),
    },
  )
  expect(await slow.ended).toEqual({ kind: 'succeeded', output: 'stored' })
  expect(stored).toBe(true)
  const refused = scene.start(
    code,
    'work',
    {},
    { log: () => Promise.reject(new Error('the attempt is stale')) },
  )
  expect(await refused.ended).toMatchObject({ kind: 'failed', message: 'the attempt is stale' })
})

test('an end waits until the lines before it are stored', async () => {
  await using scene = await createScene()
  const code = await scene.install('sample', { work: "(_input, { log }: ToolkitContext) => log.info('a')" })
  let stored = false
  const run = scene.start(
    code,
    'work',
    {},
    {
      log: () =>
        new Promise((resolve) =>
          setTimeout(() => {
            stored = true
            resolve()
          }, 100),
        ),
    },
  )
  await run.ended
  expect(stored).toBe(true)
})

test('what code prints becomes lines of the toolkit, and a flood of it is bounded', async () => {
  await using scene = await createScene()
  const code = await scene.install('sample', {
    print: "() => { process.stdout.write('out\\n'); process.stderr.write('err\\n') }",
    flood: "() => { for (let n = 0; n < 50_000; n++) process.stdout.write('noise ' + n + '\\n') }",
  })
  await scene.call(code, 'print')
  await until(() => scene.output.length === 2)
  expect(scene.output.toSorted()).toEqual(['info out', 'warn err'])
  await scene.call(code, 'flood')
  await until(() =>
    scene.output.some((line) => /more lines were printed in this second and left out/.test(line)),
  )
  expect(scene.output.length).toBeLessThan(1000)
})

test('closing ends every process', async () => {
  const scene = await createScene()
  const code = await scene.install('sample', { still, pid: '() => process.pid' })
  const pids = [
    await scene.call(code, 'pid'),
    await scene.call(code, 'pid', {}, { exclusive: true }),
  ] as number[]
  const run = scene.start(code, 'still')
  await scene[Symbol.asyncDispose]()
  expect(await run.ended).toMatchObject({
    kind: 'exited',
    message: expect.stringContaining('SRE Toolbox is stopping'),
  })
  expect(pids.map(isAlive)).toEqual([false, false])
})
