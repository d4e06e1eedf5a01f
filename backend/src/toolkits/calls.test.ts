import { expect, test, vi } from 'vitest'
import { anonymous, type Caller } from '../kernel/caller.ts'
import { createScene, curator } from './test/scene.ts'

const user: Caller = {
  ...anonymous('10.0.0.2'),
  kind: 'user',
  userId: 'u2',
  name: 'eve',
  roles: ['toolkit.user'],
}
const number = {
  type: 'object',
  properties: { n: { type: 'number', default: 2 } },
  additionalProperties: false,
}

test('a call answers what the code answers, with defaults in its input', async () => {
  await using scene = await createScene({
    maths: { operations: { double: ['({ n }) => ({ n: n * 2 })', { input: number, output: number }] } },
  })
  expect(await scene.run('maths.double', {})).toEqual({ n: 4 })
  expect(await scene.run('maths.double', { n: 4 })).toEqual({ n: 8 })
  expect(await scene.run('toolkits.call', { slug: 'maths', operation: 'double', input: { n: 5 } })).toEqual({
    n: 10,
  })
})

test('input that does not fit is refused before any code runs', async () => {
  await using scene = await createScene({ maths: { operations: { double: ['() => 1', { input: number }] } } })
  await expect(scene.run('maths.double', { n: '1', m: 2 })).rejects.toMatchObject({
    code: 'validation_failed',
    details: {
      errors: [
        { path: 'm', message: 'is not a known field' },
        { path: 'n', message: 'must be number' },
      ],
    },
  })
  await expect(scene.run('maths.halve')).rejects.toMatchObject({ code: 'not_found' })
  expect(scene.hosts.list()).toEqual([])
})

test('an operation asks for the role of its manifest and is audited with its effect, without secrets', async () => {
  const input = { type: 'object', properties: { pin: { type: 'string', writeOnly: true } } }
  await using scene = await createScene({
    door: { operations: { open: ['() => 1', { role: 'toolkit.curator', effect: 'write', input }] } },
  })
  await expect(scene.run('door.open', {}, user)).rejects.toMatchObject({
    code: 'role_missing',
    details: { requiredRole: 'toolkit.curator' },
  })
  await scene.run('door.open', { pin: 'canary' })
  expect(
    scene.audited.map(({ operation, effect, outcome, input }) => ({ operation, effect, outcome, input })),
  ).toEqual([
    { operation: 'door.open', effect: 'write', outcome: 'refused', input: {} },
    { operation: 'door.open', effect: 'write', outcome: 'succeeded', input: { pin: '[redacted]' } },
  ])
})

test("a failure that the toolkit foresaw carries the toolkit's own code", async () => {
  await using scene = await createScene({
    shop: { operations: { buy: [`() => { throw new OperationError('sold_out', 'Come back on Monday.') }`] } },
  })
  await expect(scene.run('shop.buy')).rejects.toMatchObject({
    code: 'operation_failed',
    status: 422,
    message: 'Come back on Monday.',
    details: { toolkitCode: 'sold_out' },
  })
})

test('an output that does not fit the manifest is a failure, and is logged', async () => {
  await using scene = await createScene({
    maths: { operations: { double: [`() => ({ n: 'many' })`, { output: number }] } },
  })
  await expect(scene.run('maths.double')).rejects.toMatchObject({
    code: 'operation_failed',
    details: { toolkitCode: 'output_invalid', errors: [{ path: 'n', message: 'must be number' }] },
  })
  expect(scene.logged).toContainEqual({
    level: 'error',
    fields: expect.objectContaining({ operation: 'maths.double', version: '1.0.0' }),
    message: 'a toolkit answered with an output that does not fit its manifest',
  })
})

test('a call that takes too long is asked to stop, and may end in its own way', async () => {
  await using scene = await createScene({
    slow: {
      operations: {
        wait: [
          '(_, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)))',
          { timeoutSeconds: 0.2 },
        ],
        other: ['() => process.pid'],
      },
    },
  })
  const pid = await scene.run('slow.other')
  await expect(scene.run('slow.wait')).rejects.toMatchObject({
    code: 'timed_out',
    status: 504,
    message: 'slow.wait took longer than the 0.2 s it may and was stopped. Try it with less input.',
  })
  expect(await scene.run('slow.other')).toBe(pid)
})

test('a call that hangs takes its process down; calls beside it and after it get their answers', async () => {
  await using scene = await createScene({
    hung: {
      operations: {
        hang: ['() => { for (;;); }', { timeoutSeconds: 0.3 }],
        pid: ['() => process.pid'],
      },
    },
  })
  const before = await scene.run('hung.pid')
  const hanging = scene.run('hung.hang').catch((error: unknown) => error)
  const beside = scene.run('hung.pid')
  expect(await hanging).toMatchObject({ code: 'timed_out' })
  expect(await beside).not.toBe(before)
  expect(await scene.run('hung.pid')).not.toBe(before)
}, 15_000)

test('a call that ends its process fails alone; one that changes things is not run again by itself', async () => {
  await using scene = await createScene({
    brittle: {
      operations: {
        exit: ['() => process.exit(3)', { effect: 'write', idempotent: false }],
        fine: ['() => 1'],
      },
    },
  })
  await expect(scene.run('brittle.exit')).rejects.toMatchObject({
    code: 'operation_failed',
    details: { toolkitCode: 'process_exited' },
  })
  expect(await scene.run('brittle.fine')).toBe(1)
  expect(scene.hosts.list()[0]?.restarts).toBe(1)
})

test('a caller who goes away stops the call', async () => {
  await using scene = await createScene({
    slow: {
      operations: {
        wait: [
          '(_, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)))',
        ],
      },
    },
  })
  const client = new AbortController()
  const answer = scene.run('slow.wait', {}, curator, client.signal)
  await vi.waitFor(() => expect(scene.hosts.list()[0]?.running).toBe(1), 10_000)
  client.abort()
  await expect(answer).rejects.toMatchObject({ code: 'operation_failed', message: 'The caller is gone.' })
})

test("what a call logs goes to the server's log, up to a thousand lines", async () => {
  await using scene = await createScene({
    chatty: {
      operations: { talk: ['(_, { log }) => { for (let n = 1; n <= 1500; n++) log.warn("line " + n) }'] },
    },
  })
  await scene.run('chatty.talk')
  const lines = scene.logged.filter(({ fields }) => 'requestId' in fields)
  expect(lines).toHaveLength(1001)
  expect(lines[0]).toEqual({
    level: 'warn',
    fields: { toolkit: 'chatty', operation: 'talk', requestId: 'r1' },
    message: 'line 1',
  })
  expect(lines.at(-1)?.message).toContain('more than 1000 lines')
})

test('an operation of mode job is queued and never called at once, and the reverse', async () => {
  await using scene = await createScene({
    work: {
      operations: {
        long: ['() => 1', { mode: 'job', timeoutSeconds: 7, idempotent: false }],
        short: ['() => 1'],
      },
    },
  })
  scene.offer('test.submit', (input, context) =>
    context.run(input as string, { a: 1 }, { asJob: true, priority: 3 }),
  )
  expect(await scene.run('work.long', { a: 1 })).toEqual({ job: { id: 'job-1' } })
  await scene.run('test.submit', 'work.long')
  const job = {
    toolkit: 'work',
    operation: 'long',
    version: '1.0.0',
    input: { a: 1 },
    idempotent: false,
    timeoutMs: 7000,
  }
  expect(scene.submitted).toEqual([
    { job, submission: {}, caller: 'ada' },
    { job, submission: { asJob: true, priority: 3 }, caller: 'ada' },
  ])
  await expect(scene.run('test.submit', 'work.short')).rejects.toMatchObject({
    code: 'validation_failed',
    message: expect.stringContaining('call work.short itself'),
  })
})
