import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { createScene } from './test/scene.ts'

/** Runs source text in the toolkit `asker`, with the context at hand; answers what it returns, or the error it got. */
const ask = (source: string) => ({
  go: [
    `async (input, context) => {
      try { return await (async () => { ${source} })() }
      catch ({ code, message }) { return { code, message } }
    }`,
  ] as const,
})
const asker = (source: string, manifest: object = {}) => ({ asker: { manifest, operations: ask(source) } })

describe('secrets', () => {
  test('are given by the names that the manifest lists', async () => {
    const source = `const [one, other] = await Promise.all(['one/two', 'other'].map((name) => context.secrets.get('secret:' + name + '#pin')))
      return [one.split(' '), other.split(' ')]`
    await using scene = await createScene(asker(source, { permissions: { secrets: ['one/two', 'other'] } }))
    expect(await scene.run('asker.go')).toEqual([
      ['value', 'of', 'one/two#pin'],
      ['value', 'of', 'other#pin'],
    ])
  })

  test('are given by the names that the settings hold, for as long as they hold them', async () => {
    const settings = { type: 'object', properties: { deep: { items: { type: 'string', format: 'secret' } } } }
    await using scene = await createScene(
      asker(`return (await context.secrets.get('secret:chosen#pin')).split(' ')`, { settings }),
    )
    const put = (deep: string[]) => scene.run('toolkits.putSettings', { slug: 'asker', settings: { deep } })
    await put(['secret:chosen#other'])
    expect(await scene.run('asker.go')).toEqual(['value', 'of', 'chosen#pin'])
    await put([])
    expect(await scene.run('asker.go')).toMatchObject({ code: 'role_missing' })
  })

  test('of other names are refused, whatever the input says', async () => {
    const source = `return context.secrets.get(input.wanted)`
    await using scene = await createScene(asker(source, { permissions: { secrets: ['one'] } }))
    for (const wanted of ['secret:two#pin', 'secret:one/two#pin', 'secret:on#pin']) {
      expect(await scene.run('asker.go', { wanted })).toMatchObject({ code: 'role_missing' })
    }
    expect(await scene.run('asker.go', { wanted: 'one' })).toMatchObject({ code: 'validation_failed' })
  })

  test('are hidden in what the run answers and in what it keeps', async () => {
    const source = `const value = await context.secrets.get('secret:one#pin')
      await context.store.put('kept', { deep: ['it is ' + value] })
      return { [value]: value, kept: (await context.store.get('kept')).value }`
    await using scene = await createScene(asker(source, { permissions: { secrets: ['one'] } }))
    expect(await scene.run('asker.go')).toEqual({
      '[redacted]': '[redacted]',
      kept: { deep: ['it is [redacted]'] },
    })
  })

  test('are hidden in what the run logs and in how it fails', async () => {
    await using scene = await createScene({
      leaky: {
        manifest: { permissions: { secrets: ['one'] } },
        operations: {
          go: [
            `async (_, { secrets, log }) => {
              const value = await secrets.get('secret:one#pin')
              log.info('it is ' + value + '!')
              throw new OperationError('leak', 'could not use ' + value)
            }`,
          ],
        },
      },
    })
    await expect(scene.run('leaky.go')).rejects.toMatchObject({ message: 'could not use [redacted]' })
    expect(scene.logged.map(({ message }) => message)).toContain('it is [redacted]!')
    expect(JSON.stringify(scene.logged)).not.toContain('value of one')
  })
})

describe('the store', () => {
  test('keeps JSON by key, and no other toolkit sees it', async () => {
    const keep = `
      await context.store.put('k', { a: [1, null, 'é'] })
      const page = await context.store.list()
      return [await context.store.get('k'), page, await context.store.delete('k'), await context.store.get('k')]`
    await using scene = await createScene({
      ...asker(keep),
      other: { operations: ask(`return context.store.list()`) },
    })
    await scene.database.query
      .insertInto('toolkit_store')
      .values({ slug: 'theirs', key: 'k', value: '1', version: 1, changed_at: 1 })
      .execute()
    const item = { key: 'k', value: { a: [1, null, 'é'] }, version: 1 }
    expect(await scene.run('asker.go')).toEqual([item, { items: [item], nextCursor: null }, true, null])
    expect(await scene.run('other.go')).toEqual({ items: [], nextCursor: null })
  })

  test('is read in pages', async () => {
    const source = `
      for (const key of ['a', 'b', 'c']) await context.store.put(key, key)
      const first = await context.store.list({ limit: 2 })
      const second = await context.store.list({ limit: 2, cursor: first.nextCursor })
      return [first, second].map(({ items, nextCursor }) => [items.map(({ value }) => value), nextCursor])`
    await using scene = await createScene(asker(source))
    expect(await scene.run('asker.go')).toEqual([
      [['a', 'b'], 'b'],
      [['c'], null],
    ])
  })

  test('refuses a write on a version that moved on', async () => {
    const source = `
      await context.store.put('k', 1, { ifVersion: 0 })
      return context.store.put('k', 2, { ifVersion: 0 })`
    await using scene = await createScene(asker(source))
    expect(await scene.run('asker.go')).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Read it again'),
    })
  })

  test('refuses values over 1 MiB and keys that are none, and says so', async () => {
    const source = `return context.store.put(input.key, 'x'.repeat(input.length))`
    await using scene = await createScene(asker(source))
    const put = (key: string, length: number) => scene.run('asker.go', { key, length })
    expect(await put('k', 1024 ** 2 - 2)).toEqual({ version: 1 })
    expect(await put('k', 1024 ** 2 - 1)).toMatchObject({
      code: 'too_large',
      message:
        'The value of k has 1048577 bytes as JSON; at most 1048576 are kept. Split it over several keys.',
    })
    expect(await put('', 1)).toMatchObject({ code: 'validation_failed' })
    expect(await put('a\0b', 1)).toMatchObject({ code: 'validation_failed' })
    expect(await put('k'.repeat(513), 1)).toMatchObject({ code: 'validation_failed' })
  })

  test('refuses the key that is one too many, and says so', async () => {
    await using scene = await createScene(asker(`return context.store.put(input.key, 1)`))
    const rows = Array.from({ length: 9999 }, (_, n) => ({
      slug: 'asker',
      key: `k${n}`,
      value: '1',
      version: 1,
      changed_at: 1,
    }))
    for (let at = 0; at < rows.length; at += 1000) {
      await scene.database.query
        .insertInto('toolkit_store')
        .values(rows.slice(at, at + 1000))
        .execute()
    }
    expect(await scene.run('asker.go', { key: 'last' })).toEqual({ version: 1 })
    expect(await scene.run('asker.go', { key: 'more' })).toMatchObject({
      code: 'too_large',
      message: expect.stringContaining('it holds 10000 keys'),
    })
    expect(await scene.run('asker.go', { key: 'last' })).toEqual({ version: 2 })
  })
})

describe('requests', () => {
  test('go to the hosts that the manifest lists, and to no other', async () => {
    const server = createServer((_request, response) => response.end('well'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const source = `const { status, body } = await context.fetch(input.url); return { status, body }`
    await using scene = await createScene({
      ...asker(source, { permissions: { network: [host] } }),
      confined: { operations: ask(source) },
    })
    const url = `http://${host}/`
    expect(await scene.run('asker.go', { url })).toEqual({ status: 200, body: 'well' })
    expect(await scene.run('asker.go', { url: 'http://127.0.0.1:1/' })).toMatchObject({
      code: expect.any(String),
    })
    expect(await scene.run('confined.go', { url })).toMatchObject({ message: expect.stringContaining(host) })
    expect(await scene.run('asker.go', { url: 'file:///etc/passwd' })).toMatchObject({
      code: 'validation_failed',
    })
    await new Promise((resolve) => server.close(resolve))
  })
})

describe('other operations', () => {
  const call = `return context.call(input.id, input.input)`

  test('run as whoever called, when the manifest lists them', async () => {
    await using scene = await createScene(asker(call, { permissions: { operations: ['users.list'] } }))
    scene.offer('users.list', async (input, { caller }) => ({ input, caller: caller.name }))
    scene.offer('users.disable', async () => 'disabled')
    expect(await scene.run('asker.go', { id: 'users.list', input: { a: 1 } })).toEqual({
      input: { a: 1 },
      caller: 'ada',
    })
    expect(await scene.run('asker.go', { id: 'users.disable' })).toMatchObject({
      code: 'role_missing',
      message: expect.stringContaining('permissions.operations'),
    })
  })

  test("of the toolkit itself need no permission; another toolkit's do", async () => {
    await using scene = await createScene({
      asker: { operations: { ...ask(call), own: ['() => "own"'] } },
      'asker-two': { operations: { own: ['() => "theirs"'] } },
    })
    expect(await scene.run('asker.go', { id: 'asker.own' })).toBe('own')
    expect(await scene.run('asker.go', { id: 'asker-two.own' })).toMatchObject({ code: 'role_missing' })
  })

  test("submit, show and cancel the toolkit's own jobs alone", async () => {
    await using scene = await createScene(asker(call))
    const owners: Record<string, string> = { mine: 'asker', theirs: 'other' }
    scene.offer('jobs.submit', async (input) => input)
    scene.offer('jobs.get', async (input) => ({
      job: { toolkit: owners[(input as { jobId: string }).jobId] },
    }))
    scene.offer('jobs.cancel', async () => 'cancelled')
    const tried = (id: string, input: object) => scene.run('asker.go', { id, input })
    const refused = { code: 'role_missing' }
    expect(await tried('jobs.submit', { toolkit: 'asker', operation: 'go' })).toMatchObject({
      operation: 'go',
    })
    expect(await tried('jobs.submit', { toolkit: 'other', operation: 'go' })).toMatchObject(refused)
    expect(await tried('jobs.get', { jobId: 'mine' })).toEqual({ job: { toolkit: 'asker' } })
    expect(await tried('jobs.get', { jobId: 'theirs' })).toMatchObject(refused)
    expect(await tried('jobs.cancel', { jobId: 'mine' })).toBe('cancelled')
    expect(await tried('jobs.cancel', { jobId: 'theirs' })).toMatchObject(refused)
    expect(await tried('jobs.list', {})).toMatchObject(refused)
  })
})
