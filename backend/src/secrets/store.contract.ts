import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SecretStore } from './ports.ts'

/** What every keeper of secrets must do. `other` is the same store as another process has it. */
export function describeSecretStore(
  name: string,
  open: () => Promise<{ store: SecretStore; other: SecretStore } & AsyncDisposable>,
): void {
  describe(`secret store on ${name}`, () => {
    let opened: { store: SecretStore; other: SecretStore } & AsyncDisposable
    let store: SecretStore
    beforeAll(async () => {
      opened = await open()
      store = opened.store
    })
    afterAll(() => opened[Symbol.asyncDispose]())

    it('gives back each field as it was put in', async () => {
      const values = { client_secret: 'p@ss "quoted" ü\n日本', 'tls.key': 'x'.repeat(65_536), empty: '' }
      const metadata = await store.put('auth/okta', values)
      expect(metadata).toEqual({
        name: 'auth/okta',
        version: 1,
        fields: ['client_secret', 'empty', 'tls.key'],
        updatedAt: expect.stringMatching(/Z$/),
      })
      for (const [field, value] of Object.entries(values))
        expect(await store.get('auth/okta', field)).toBe(value)
    })

    it('has nothing under what was never put in', async () => {
      expect(await store.get('auth/nothing', 'field')).toBeUndefined()
      expect(await store.get('auth/okta', 'nothing')).toBeUndefined()
      expect(await store.get('auth/okta', 'constructor')).toBeUndefined()
    })

    it('replaces all fields under the next version', async () => {
      await store.put('db/main', { user: 'a', password: 'b' })
      expect(await store.put('db/main', { password: 'c' })).toMatchObject({
        version: 2,
        fields: ['password'],
      })
      expect(await store.get('db/main', 'password')).toBe('c')
      expect(await store.get('db/main', 'user')).toBeUndefined()
    })

    it('gives every one of several writers a version of its own', async () => {
      const puts = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          (index % 2 ? store : opened.other).put('db/contended', { value: String(index) }),
        ),
      )
      expect(puts.map(({ version }) => version).sort((a, b) => a - b)).toEqual([
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
      ])
      const last = puts.findIndex(({ version }) => version === 10)
      expect(await store.get('db/contended', 'value')).toBe(String(last))
    })

    it('lists names, versions and fields, and no values', async () => {
      await store.put('list/a', { value: 'canary-list' })
      const listed = await store.list()
      expect(listed.map(({ name: listedName }) => listedName)).toEqual([
        'auth/okta',
        'db/contended',
        'db/main',
        'list/a',
      ])
      expect(JSON.stringify(listed)).not.toContain('canary-list')
    })

    it('removes a secret once', async () => {
      expect(await store.remove('list/a')).toBe(true)
      expect(await store.remove('list/a')).toBe(false)
      expect(await store.get('list/a', 'value')).toBeUndefined()
    })
  })
}
