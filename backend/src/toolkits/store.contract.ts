import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ToolkitStore, ToolkitValues } from './ports.ts'

type Opened = AsyncDisposable & { readonly store: ToolkitStore; readonly values: ToolkitValues }

/** What every store of toolkits keeps to. Each test uses slugs of its own. */
export function describeToolkitStore(name: string, open: () => Promise<Opened>): void {
  describe(`the toolkit store on ${name}`, () => {
    let opened: Opened
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened[Symbol.asyncDispose]())

    test('remembers the latest word on whether a toolkit is enabled', async () => {
      const off = { slug: 'switch', enabled: false, by: 'ada', justification: 'it is slow', at: 1 }
      const on = { slug: 'switch', enabled: true, by: 'grace', justification: 'it is mended', at: 2 }
      const other = { ...off, slug: 'other', at: 3 }
      for (const next of [off, on, other]) await opened.store.setEnabled(next)
      const states = await opened.store.states()
      expect(states.filter(({ slug }) => slug === 'switch')).toEqual([on])
      expect(states).toContainEqual(other)
    })

    test('lists versions newest first, each digest once', async () => {
      const first = { version: '1.0.0', digest: 'a', addedAt: 1 }
      const second = { version: '1.0.0', digest: 'b', addedAt: 2 }
      await opened.store.addVersion('aged', first)
      await opened.store.addVersion('aged', second)
      await opened.store.addVersion('aged', { ...first, addedAt: 3 })
      expect(await opened.store.versions('aged')).toEqual([second, first])
      expect(await opened.store.versions('unknown')).toEqual([])
    })

    test('takes settings only as the next version', async () => {
      const put = (version: number, colour: string) =>
        opened.store.putSettings({ slug: 'set', version, settings: { colour } }, 1)
      expect(await put(2, 'early')).toBe(false)
      expect(await put(1, 'red')).toBe(true)
      expect(await put(1, 'late')).toBe(false)
      expect(await put(2, 'blue')).toBe(true)
      expect(await put(4, 'early')).toBe(false)
      const stored = (await opened.store.settings()).find(({ slug }) => slug === 'set')
      expect(stored).toEqual({ slug: 'set', version: 2, settings: { colour: 'blue' } })
    })

    test('lets one of many writers of the same version win', async () => {
      const puts = Array.from({ length: 8 }, (_, n) =>
        opened.store.putSettings({ slug: 'race', version: 1, settings: { n } }, 1),
      )
      expect((await Promise.all(puts)).filter(Boolean)).toHaveLength(1)
    })

    test('keeps the latest health', async () => {
      await opened.store.putHealth({ slug: 'ill', status: 'unhealthy', message: 'cold', checkedAt: 1 })
      await opened.store.putHealth({ slug: 'ill', status: 'healthy', message: null, checkedAt: 2 })
      expect((await opened.store.health()).filter(({ slug }) => slug === 'ill')).toEqual([
        { slug: 'ill', status: 'healthy', message: null, checkedAt: 2 },
      ])
    })
  })

  describe(`the values of toolkits on ${name}`, () => {
    let opened: Opened
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened[Symbol.asyncDispose]())

    const put = (slug: string, key: string, value: string, ifVersion: number | null = null, maxKeys = 100) =>
      opened.values.put(slug, { key, value, ifVersion, maxKeys, at: 1 })

    test('come back as they were written, with a version that counts writes', async () => {
      const text = JSON.stringify({ text: 'é😀\u0000\n"', lone: '\ud800' })
      expect(await put('a', 'k', '1')).toEqual({ kind: 'stored', version: 1 })
      expect(await put('a', 'k', text)).toEqual({ kind: 'stored', version: 2 })
      expect(await opened.values.get('a', 'k')).toEqual({ key: 'k', value: text, version: 2 })
      expect(await opened.values.get('a', 'other')).toBeNull()
      expect(await opened.values.get('b', 'k')).toBeNull()
    })

    test('are written on top of the expected version or not at all', async () => {
      expect(await put('cas', 'k', '1', 1)).toEqual({ kind: 'conflict' })
      expect(await put('cas', 'k', '1', 0)).toEqual({ kind: 'stored', version: 1 })
      expect(await put('cas', 'k', '2', 0)).toEqual({ kind: 'conflict' })
      expect(await put('cas', 'k', '2', 1)).toEqual({ kind: 'stored', version: 2 })
      expect(await put('cas', 'k', '3', 1)).toEqual({ kind: 'conflict' })
      expect(await opened.values.get('cas', 'k')).toMatchObject({ value: '2' })
    })

    test('take every one of many writes of the same moment', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => put('many', 'k', String(n))))
      const versions = answers.map((answer) => (answer.kind === 'stored' ? answer.version : null))
      expect(versions).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
      const expecting = await Promise.all(Array.from({ length: 5 }, () => put('many', 'k', 'x', 20)))
      expect(expecting.filter(({ kind }) => kind === 'stored')).toHaveLength(1)
    })

    test('are no more than allowed, but those that are there can be written', async () => {
      await put('full', 'a', '1', null, 2)
      await put('full', 'b', '1', null, 2)
      expect(await put('full', 'c', '1', null, 2)).toEqual({ kind: 'full' })
      expect(await put('full', 'a', '2', null, 2)).toEqual({ kind: 'stored', version: 2 })
      expect(await put('roomy', 'c', '1', null, 2)).toEqual({ kind: 'stored', version: 1 })
    })

    test('go away, at the expected version where one is given', async () => {
      await put('gone', 'k', '1')
      expect(await opened.values.delete('gone', 'k', 7)).toBe('conflict')
      expect(await opened.values.delete('gone', 'k', 1)).toBe('deleted')
      expect(await opened.values.delete('gone', 'k', null)).toBe('missing')
      expect(await opened.values.get('gone', 'k')).toBeNull()
    })

    test('are listed by key in code point order, from a prefix and behind a key', async () => {
      const keys = ['b', 'a/2', 'a/10', 'a', 'A', 'a/é', 'a/Z', 'a_x', 'ab', 'a/%']
      for (const key of keys) await put('list', key, '1')
      const list = async (prefix: string, after: string | null = null, limit = 100) =>
        (await opened.values.list('list', { prefix, after, limit })).map(({ key }) => key)
      expect(await list('')).toEqual([...keys].sort())
      expect(await list('a/')).toEqual(['a/%', 'a/10', 'a/2', 'a/Z', 'a/é'])
      expect(await list('a/', 'a/10', 2)).toEqual(['a/2', 'a/Z'])
      expect(await list('a_')).toEqual(['a_x'])
      expect(await list('nothing')).toEqual([])
    })
  })
}
