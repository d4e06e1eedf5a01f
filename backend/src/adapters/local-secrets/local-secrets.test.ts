import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { eachDatabase, openTemporarySqlite } from '../../../../test/support/databases.ts'
import { systemClock } from '../../kernel/clock.ts'
import { describeSecretStore } from '../../secrets/store.contract.ts'
import { createSealedSecrets } from '../../secrets/store.sql.ts'
import { createSecretStore } from './local-secrets.ts'

eachDatabase((name, open) => {
  describeSecretStore(name, async () => {
    const opened = await open()
    const key = randomBytes(32)
    return {
      store: createSecretStore(createSealedSecrets(opened.db), key, systemClock),
      other: createSecretStore(createSealedSecrets(opened.other), key, systemClock),
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    }
  })
})

describe('sealed secrets', () => {
  it('are nowhere in the database in clear', async () => {
    await using opened = await openTemporarySqlite()
    const store = createSecretStore(createSealedSecrets(opened.db), randomBytes(32), systemClock)
    await store.put('auth/okta', { client_secret: 'canary-in-a-secret' })
    const rows = JSON.stringify(await opened.db.query.selectFrom('secrets').selectAll().execute())
    expect(rows).toContain('client_secret')
    expect(rows).not.toContain('canary')
    expect(Buffer.from(rows, 'base64').toString()).not.toContain('canary')
  })

  it('open with no other key, and say so', async () => {
    await using opened = await openTemporarySqlite()
    const table = createSealedSecrets(opened.db)
    await createSecretStore(table, randomBytes(32), systemClock).put('auth/okta', { client_secret: 'x' })
    const other = createSecretStore(table, randomBytes(32), systemClock)
    await expect(other.get('auth/okta', 'client_secret')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/auth\/okta was sealed with another master key.*TOOLBOX_MASTER_KEY/),
    })
  })

  it.each(['name', 'version', 'text'])('do not open when their %s was changed', async (what) => {
    await using opened = await openTemporarySqlite()
    const store = createSecretStore(createSealedSecrets(opened.db), randomBytes(32), systemClock)
    await store.put('a', { value: 'of a' })
    const { sealed } = await opened.db.query.selectFrom('secrets').select('sealed').executeTakeFirstOrThrow()
    const last = sealed.at(-5) === 'A' ? 'B' : 'A'
    const change = {
      name: { name: 'b' },
      version: { version: 2 },
      text: { sealed: sealed.slice(0, -5) + last + sealed.slice(-4) },
    }[what as 'name' | 'version' | 'text']
    await opened.db.query.updateTable('secrets').set(change).execute()
    await expect(store.get(what === 'name' ? 'b' : 'a', 'value')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/damaged/),
    })
  })

  it('are sealed anew each time, so that equal values look different', async () => {
    await using opened = await openTemporarySqlite()
    const store = createSecretStore(createSealedSecrets(opened.db), randomBytes(32), systemClock)
    await store.put('a', { value: 'same' })
    await store.put('b', { value: 'same' })
    const rows = await opened.db.query.selectFrom('secrets').select('sealed').execute()
    expect(new Set(rows.map(({ sealed }) => sealed.split('.')[2]?.slice(0, 16))).size).toBe(2)
  })
})
