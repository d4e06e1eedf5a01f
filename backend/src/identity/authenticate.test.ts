import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemCaller } from '../kernel/caller.ts'
import { address, type IdentityFixture, openIdentity } from './test/fixture.ts'
import { newToken } from './token.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

describe('authentication', () => {
  let at: IdentityFixture
  let userId: string
  beforeEach(async () => {
    at = await openIdentity()
    userId = (await at.user()).id
  })
  afterEach(() => at[Symbol.asyncDispose]())

  const bySession = (sessionSecret: string) => at.identity.authenticate({ sessionSecret, address })
  const byBearer = (bearer: string) => at.identity.authenticate({ bearer, address })
  const refused = (message: RegExp) => ({ code: 'not_signed_in', message: expect.stringMatching(message) })

  it('knows nobody without credentials', async () => {
    expect(await at.identity.authenticate({ address })).toMatchObject({
      kind: 'anonymous',
      name: 'anonymous',
      address,
    })
    expect(await bySession('')).toMatchObject({ kind: 'anonymous' })
    expect(await bySession('x'.repeat(5000))).toMatchObject({ kind: 'anonymous' })
  })

  it('knows a user by session, with roles as they are now', async () => {
    const { caller, secret } = await at.signedIn('ada')
    expect(caller).toEqual({
      kind: 'user',
      userId,
      name: 'ada',
      roles: ['toolkit.user'],
      superuser: false,
      sessionId: expect.any(String),
      token: null,
      address,
    })
    await at.identity.users.setRoles(userId, ['system.admin'])
    expect((await bySession(secret)).roles).toEqual(['system.admin'])
  })

  it('refuses the next request of a disabled user, by session and by token', async () => {
    await at.user({ username: 'root', superuser: true })
    const { caller, secret } = await at.signedIn('ada')
    const { token } = await at.identity.tokens.create(caller, { name: 'ci' })
    await at.identity.users.disable(userId)
    expect(await bySession(secret)).toMatchObject({ kind: 'anonymous', userId: null, roles: [] })
    await expect(byBearer(token)).rejects.toMatchObject(refused(/ada, who is disabled/))

    await at.identity.users.update(systemCaller('test'), userId, { disabled: false })
    expect(await bySession(secret)).toMatchObject({ kind: 'anonymous' })
    await expect(byBearer(token)).rejects.toMatchObject(refused(/was revoked/))
    expect((await at.identity.tokens.list(caller, { limit: 5 })).items[0]).toMatchObject({
      revokedAt: '2026-01-01T00:00:00.000Z',
    })
  })

  it('lets a session slide with use, and ends it when it rests', async () => {
    const { secret } = await at.signedIn('ada')
    for (let hours = 0; hours < 24; hours += 8) {
      at.clock.time += 8 * hourMs
      expect(await bySession(secret)).toMatchObject({ kind: 'user' })
      await at.opened.db.groupCommit.settled()
    }
    at.clock.time += 12 * hourMs
    expect(await bySession(secret)).toMatchObject({ kind: 'anonymous' })
  })

  it('ends a session after seven days, however much it is used', async () => {
    const { secret } = await at.signedIn('ada')
    for (let hours = 8; hours < 7 * 24; hours += 8) {
      at.clock.time += 8 * hourMs
      expect(await bySession(secret)).toMatchObject({ kind: 'user' })
      await at.opened.db.groupCommit.settled()
    }
    at.clock.time += 8 * hourMs
    expect(await bySession(secret)).toMatchObject({ kind: 'anonymous' })
  })

  it('writes when a session or token was last used, once a minute and not with every request', async () => {
    const { caller, secret } = await at.signedIn('ada')
    const { token } = await at.identity.tokens.create(caller, { name: 'ci' })
    const times = async () => {
      await Promise.all(Array.from({ length: 5 }, () => Promise.all([bySession(secret), byBearer(token)])))
      await at.opened.db.groupCommit.settled()
      const [session] = await at.identity.users.sessions(caller, userId)
      const [{ lastUsedAt } = { lastUsedAt: null }] = (await at.identity.tokens.list(caller, { limit: 1 }))
        .items
      return [Date.parse(session?.lastSeenAt ?? '') - start, lastUsedAt && Date.parse(lastUsedAt) - start]
    }
    const start = at.clock.time
    expect(await times()).toEqual([0, 0])
    at.clock.time += 59_999
    expect(await times()).toEqual([0, 0])
    at.clock.time += 1
    expect(await times()).toEqual([60_000, 60_000])
  })

  it('knows a token, its scope and its persona as declared now', async () => {
    const { caller } = await at.signedIn('ada')
    const known = await at.byToken(caller, { operations: ['users.list'], persona: 'Access Steward' })
    expect(known).toMatchObject({
      kind: 'token',
      userId,
      name: 'ada',
      roles: ['toolkit.user'],
      sessionId: null,
      token: {
        name: 'ci',
        operations: ['users.list'],
        persona: { name: 'Access Steward', operations: ['auth.me', 'users.*', 'tokens.*'] },
      },
    })
  })

  it('looks at the token first when both are given', async () => {
    const { caller, secret } = await at.signedIn('ada')
    const { token } = await at.identity.tokens.create(caller, { name: 'ci' })
    const both = await at.identity.authenticate({ bearer: token, sessionSecret: secret, address })
    expect(both.kind).toBe('token')
    await expect(
      at.identity.authenticate({ bearer: '', sessionSecret: secret, address }),
    ).rejects.toMatchObject(refused(/tbx_/))
  })

  it('says what is wrong with a token', async () => {
    const { caller } = await at.signedIn('ada')
    const { tokens } = at.identity
    const { token, details } = await tokens.create(caller, { name: 'ci', expiresAt: at.clock.time + dayMs })
    const bound = await tokens.create(caller, { name: 'agent', persona: 'Access Steward' })

    await expect(byBearer('secret')).rejects.toMatchObject(refused(/not an API token/))
    await expect(byBearer(token.slice(0, -1))).rejects.toMatchObject(refused(/mistyped or cut off/))
    await expect(byBearer(newToken(() => Buffer.alloc(32)))).rejects.toMatchObject(refused(/Nobody here/))
    at.clock.time += dayMs
    await expect(byBearer(token)).rejects.toMatchObject(refused(/"ci" expired on 2026-01-02/))
    await tokens.revoke(caller, details.id)
    await expect(byBearer(token)).rejects.toMatchObject(refused(/"ci" was revoked/))
    at.personas.splice(0, 1)
    await expect(byBearer(bound.token)).rejects.toMatchObject(refused(/"Access Steward", which is gone/))
  })

  it('puts a refused token on the audit trail once a minute, without the token', async () => {
    const { caller } = await at.signedIn('ada')
    const { token, details } = await at.identity.tokens.create(caller, { name: 'ci' })
    await at.identity.tokens.revoke(caller, details.id)
    const use = () => byBearer(token).catch(() => {})
    await Promise.all([use(), use(), use()])
    expect(at.entries).toMatchObject([
      {
        operation: 'auth.token',
        outcome: 'refused',
        code: 'not_signed_in',
        caller: { name: 'ada', token: { name: 'ci' } },
      },
    ])
    expect(JSON.stringify(at.entries)).not.toContain(token)
    at.clock.time += 60_000
    await use()
    expect(at.entries).toHaveLength(2)
  })

  it('keeps neither session secrets, tokens nor passwords in the database', async () => {
    const { caller, secret } = await at.signedIn('ada')
    const { token } = await at.identity.tokens.create(caller, { name: 'ci' })
    const { query } = at.opened.db
    const rows = JSON.stringify([
      await query.selectFrom('users').selectAll().execute(),
      await query.selectFrom('sessions').selectAll().execute(),
      await query.selectFrom('tokens').selectAll().execute(),
    ])
    for (const canary of [secret, token, token.slice(4), 'correct horse battery'])
      expect(rows).not.toContain(canary)
    expect(rows).toContain('$argon2id$')
  })
})
