import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { defineOperation, OperationError } from './index.ts'
import { createTestContext } from './testing.ts'

test('logs and progress of a handler can be looked at', async () => {
  const sweep = defineOperation<{ hosts: string[] }, { swept: number }>((input, { log, progress }) => {
    progress({ percent: 0, message: 'sweeping' })
    for (const host of input.hosts) log.info(`swept ${host}`)
    progress({ percent: 100 })
    return { swept: input.hosts.length }
  })
  const { run, logs, reports, progress } = createTestContext()
  expect(await run(sweep, { hosts: ['a', 'b'] })).toEqual({ swept: 2 })
  expect(logs).toEqual([
    { level: 'info', text: 'swept a' },
    { level: 'info', text: 'swept b' },
  ])
  expect(reports).toHaveLength(2)
  expect(progress()).toEqual({ percent: 100, message: 'sweeping' })
})

test('the store keeps versions, refuses a stale write, and pages', async () => {
  const { context, stored } = createTestContext({ store: { 'host/a': 1 } })
  const { store } = context
  expect(await store.get('host/a')).toEqual({ key: 'host/a', value: 1, version: 1 })
  expect(await store.put('host/b', { n: 2 }, { ifVersion: 0 })).toEqual({ version: 1 })
  expect(await store.put('host/b', { n: 3 }, { ifVersion: 1 })).toEqual({ version: 2 })
  await expect(store.put('host/b', {}, { ifVersion: 1 })).rejects.toMatchObject({ code: 'conflict' })
  await store.put('other', true)
  const first = await store.list({ prefix: 'host/', limit: 1 })
  expect(first).toMatchObject({ items: [{ key: 'host/a' }], nextCursor: 'host/a' })
  expect(await store.list({ prefix: 'host/', limit: 1, cursor: 'host/a' })).toMatchObject({
    items: [{ key: 'host/b', value: { n: 3 } }],
    nextCursor: null,
  })
  expect(await store.delete('host/a')).toBe(true)
  expect(await store.delete('host/a')).toBe(false)
  expect(stored().map(({ key }) => key)).toEqual(['host/b', 'other'])
})

test('what was stored is a copy', async () => {
  const { context } = createTestContext()
  const value = { list: [1] }
  await context.store.put('k', value)
  value.list.push(2)
  expect((await context.store.get('k'))?.value).toEqual({ list: [1] })
})

test('secrets, settings, environment and job are those given; others are refused', async () => {
  const { context } = createTestContext({
    settings: { region: 'north' },
    environment: { ZONE: 'a' },
    job: { id: 'j', attempt: 1 },
    secrets: { 'secret:db#password': 'p' },
  })
  expect(context).toMatchObject({
    settings: { region: 'north' },
    environment: { ZONE: 'a' },
    job: { attempt: 1 },
  })
  expect(await context.secrets.get('secret:db#password')).toBe('p')
  await expect(context.secrets.get('secret:db#user')).rejects.toMatchObject({ code: 'not_found' })
  await expect(context.call('jobs.list')).rejects.toMatchObject({ code: 'role_missing' })
})

test('jobs and calls are answered by the function given', async () => {
  const asked: unknown[] = []
  const { context } = createTestContext({
    call: async (operation, input) => {
      asked.push([operation, input])
      return { job: { id: '1', status: 'queued' } }
    },
  })
  expect(await context.jobs.submit({ toolkit: 'regex', operation: 'match' })).toEqual({
    id: '1',
    status: 'queued',
  })
  await context.jobs.cancel('1', 'not needed')
  expect(asked).toEqual([
    ['jobs.submit', { toolkit: 'regex', operation: 'match' }],
    ['jobs.cancel', { jobId: '1', reason: 'not needed' }],
  ])
})

test('abort fires the signal with its reason', async () => {
  const { context, abort, run } = createTestContext()
  const wait = defineOperation(
    (_input, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new OperationError('stopped', signal.reason.message)))
      }),
  )
  const running = run(wait)
  abort('enough')
  await expect(running).rejects.toMatchObject({ code: 'stopped', message: 'enough' })
  expect(context.signal.aborted).toBe(true)
})

test('fetch makes a real request unless it is given another way', async () => {
  const server = createServer((_request, response) => response.end('real'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { context } = createTestContext()
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  expect(await context.fetch(url, { maxBodyBytes: 2 })).toMatchObject({
    status: 200,
    body: 're',
    truncated: true,
  })
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await expect(context.fetch(url)).rejects.toMatchObject({ code: 'unavailable', reason: 'ECONNREFUSED' })
})
