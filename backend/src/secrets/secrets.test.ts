import { randomBytes } from 'node:crypto'
import { secretOperations } from '@sre-toolbox/contract/secrets'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OpenDatabase, openTemporarySqlite } from '../../../test/support/databases.ts'
import { createSecretStore } from '../adapters/local-secrets/local-secrets.ts'
import { createAudit } from '../audit/index.ts'
import { createAuditStore } from '../audit/store.sql.ts'
import { anonymous, type Caller } from '../kernel/caller.ts'
import { systemClock } from '../kernel/clock.ts'
import { createIds } from '../kernel/ids.ts'
import { createRegistry } from '../kernel/registry.ts'
import { createRunner } from '../kernel/run-operation.ts'
import { createSecrets, type Secrets } from './index.ts'
import { createSecretOperations } from './operations.ts'
import { createSealedSecrets } from './store.sql.ts'

describe('secrets', () => {
  let opened: OpenDatabase
  let secrets: Secrets
  beforeEach(async () => {
    opened = await openTemporarySqlite()
    secrets = createSecrets({
      store: createSecretStore(createSealedSecrets(opened.db), randomBytes(32), systemClock),
    })
  })
  afterEach(() => opened[Symbol.asyncDispose]())

  it('are resolved by their reference', async () => {
    await secrets.put('auth/okta', { client_secret: 'value' })
    expect(await secrets.resolveReference('secret:auth/okta#client_secret')).toBe('value')
    await expect(secrets.resolveReference('secret:auth/okta#other')).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('secret:auth/okta#other'),
    })
  })

  it.each([
    'canary',
    'secret:',
    'secret:a',
    'secret:#b',
    'secret:a#',
    'secret:a#b#c',
    'secret:/a#b',
    ' secret:a#b',
  ])('are not resolved by %j, which is not repeated since it may be a secret itself', async (reference) => {
    const error = await secrets.resolveReference(reference).catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'validation_failed' })
    expect(JSON.stringify([error.message, error.details])).not.toContain('canary')
  })

  it('come in by an operation of superusers, and never out by one', async () => {
    const audit = createAudit({
      store: createAuditStore(opened.db),
      clock: systemClock,
      ids: createIds(systemClock),
      retentionDays: null,
    })
    const { registry, faults } = createRegistry({
      declarations: secretOperations,
      core: createSecretOperations(secrets),
      toolkitOperation: () => undefined,
    })
    expect(faults).toEqual([])
    const runner = createRunner({ registry, audit })
    const admin: Caller = {
      ...anonymous(null),
      kind: 'user',
      userId: 'user-1',
      name: 'ada',
      roles: ['system.admin'],
    }
    const outputs: unknown[] = []
    const run = async (operation: string, input: unknown, caller: Caller = { ...admin, superuser: true }) => {
      const { output } = await runner.run(operation, input, {
        caller,
        requestId: 'request-1',
        signal: new AbortController().signal,
      })
      outputs.push(output)
      return output
    }

    const canary = 'canary-51c2'
    const put = { name: 'auth/okta', values: { client_secret: canary } }
    expect(await run('secrets.put', put)).toMatchObject({ secret: { version: 1, fields: ['client_secret'] } })
    expect(await run('secrets.list', {})).toMatchObject({ items: [{ name: 'auth/okta' }], nextCursor: null })
    await expect(run('secrets.put', put, admin)).rejects.toMatchObject({ code: 'role_missing' })
    await expect(run('secrets.list', {}, admin)).rejects.toMatchObject({ code: 'role_missing' })
    await expect(run('secrets.put', { ...put, name: '../etc' })).rejects.toMatchObject({
      code: 'validation_failed',
    })
    await run('secrets.remove', { name: 'auth/okta' })
    await expect(run('secrets.remove', { name: 'auth/okta' })).rejects.toMatchObject({ code: 'not_found' })

    const entries = await opened.db.query.selectFrom('audit_entries').selectAll().execute()
    expect(entries.map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual([
      'secrets.put succeeded',
      'secrets.put refused',
      'secrets.list refused',
      'secrets.remove started',
      'secrets.remove succeeded',
      'secrets.remove started',
      'secrets.remove failed',
    ])
    expect(JSON.stringify([outputs, entries])).not.toContain(canary)
  })
})
