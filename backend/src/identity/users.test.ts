import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anonymous, systemCaller } from '../kernel/caller.ts'
import { address, type IdentityFixture, openIdentity, password } from './test/fixture.ts'

const operator = systemCaller('test')

describe('users', () => {
  let at: IdentityFixture
  let root: { id: string; username: string }
  beforeEach(async () => {
    at = await openIdentity()
    root = await at.user({ username: 'root', superuser: true })
  })
  afterEach(() => at[Symbol.asyncDispose]())

  const unknown = '018f0000-0000-7000-8000-00000000ffff'

  it('are added with the roles given, each once, and never with a password to see', async () => {
    const user = await at.user({ roles: ['toolkit.user', 'toolkit.user'], email: 'ada@example.org' })
    expect(user).toEqual({
      id: expect.any(String),
      username: 'ada',
      displayName: 'ada',
      email: 'ada@example.org',
      provider: 'local',
      roles: ['toolkit.user'],
      superuser: false,
      disabled: false,
      passwordGiven: true,
      createdAt: '2026-01-01T00:00:00.000Z',
      lastLoginAt: null,
    })
    await expect(at.user()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('ada'),
    })
  })

  it('are listed page by page', async () => {
    for (const username of ['c', 'a', 'b']) await at.user({ username })
    const first = await at.identity.users.list({ limit: 2 })
    expect(first.items.map(({ username }) => username)).toEqual(['a', 'b'])
    const second = await at.identity.users.list({ limit: 2, cursor: first.nextCursor as string })
    expect(second.items.map(({ username }) => username)).toEqual(['c', 'root'])
    expect(second.nextCursor).toBeNull()
    await expect(at.identity.users.list({ limit: 2, cursor: '\u0000' })).rejects.toMatchObject({
      code: 'validation_failed',
      details: { errors: [{ path: 'cursor' }] },
    })
  })

  it.each(['disable', 'demote'])('keep their last enabled superuser: %s', async (way) => {
    const act = (userId: string) =>
      way === 'disable'
        ? at.identity.users.disable(userId)
        : at.identity.users.update(operator, userId, { superuser: false })
    await expect(act(root.id)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/last enabled/),
    })
    const second = await at.user({ username: 'second', superuser: true })
    await at.identity.users.disable(second.id)
    await expect(act(root.id)).rejects.toMatchObject({ code: 'conflict' })
    await at.identity.users.update(operator, second.id, { disabled: false })
    await act(root.id)
    await expect(act(second.id)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('lose their sessions with a new password, and may still use their tokens', async () => {
    const { id } = await at.user()
    const { caller, secret } = await at.signedIn('ada')
    const { token } = await at.identity.tokens.create(caller, { name: 'ci' })
    await at.identity.users.update(operator, id, { password: 'another long password' })
    expect(await at.identity.authenticate({ sessionSecret: secret, address })).toMatchObject({
      kind: 'anonymous',
    })
    expect(await at.identity.authenticate({ bearer: token, address })).toMatchObject({ kind: 'token' })
    await expect(at.signedIn('ada')).rejects.toMatchObject({ code: 'not_signed_in' })
  })

  it('have a password that somebody else knows, until they replace it', async () => {
    const { id } = await at.user()
    const isGiven = async () => (await at.identity.users.list({ q: 'ada', limit: 1 })).items[0]?.passwordGiven
    const { caller } = await at.signedIn('ada')
    expect(await isGiven()).toBe(true)
    await at.identity.changePassword(caller, { currentPassword: password, newPassword: 'one of my own' })
    expect(await isGiven()).toBe(false)
    await at.identity.users.update(operator, id, { displayName: 'Ada' })
    expect(await isGiven()).toBe(false)
    await at.identity.users.update(operator, id, { password: 'another long password' })
    expect(await isGiven()).toBe(true)
    await at.identity.users.update(caller, id, { password: 'one more of my own' })
    expect(await isGiven()).toBe(false)
  })

  it('show until when they are locked out', async () => {
    await at.user()
    const wrong = { username: 'ada', password: 'not the password', provider: 'local' }
    const lockedUntil = async () =>
      (await at.identity.users.list({ limit: 10 })).items.map(({ username, lockedUntil }) => [
        username,
        lockedUntil,
      ])
    for (let failures = 0; failures < 5; failures++) {
      await expect(
        at.identity.signIn(wrong, { caller: anonymous(address), userAgent: 'test' }),
      ).rejects.toMatchObject({ code: 'not_signed_in' })
    }
    expect(await lockedUntil()).toEqual([
      ['ada', '2026-01-01T00:00:05.000Z'],
      ['root', null],
    ])
    at.clock.time += 5_000
    expect(await lockedUntil()).toEqual([
      ['ada', null],
      ['root', null],
    ])
  })

  it("see and end their own sessions, and nobody else's", async () => {
    await at.user()
    const [first, second] = [await at.signedIn('ada'), await at.signedIn('ada')]
    const root = await at.signedIn('root')
    const { users } = at.identity
    expect((await users.mySessions(first.caller)).map(({ current }) => current)).toEqual([false, true])
    await users.endMySession(first.caller, second.caller.sessionId as string)
    expect(await users.mySessions(first.caller)).toHaveLength(1)
    await expect(users.endMySession(first.caller, root.caller.sessionId as string)).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('get no password here when a provider keeps it', async () => {
    const { id } = await at.user()
    await at.opened.db.query.updateTable('users').set({ provider: 'okta' }).where('id', '=', id).execute()
    await expect(at.identity.users.update(operator, id, { password })).rejects.toMatchObject({
      code: 'validation_failed',
      message: expect.stringContaining('okta'),
    })
  })

  it('are not found when they are not there', async () => {
    const { users } = at.identity
    const { caller } = await at.signedIn('root')
    for (const attempt of [
      () => users.update(operator, unknown, { displayName: 'x' }),
      () => users.update(operator, unknown, { password }),
      () => users.disable(unknown),
      () => users.setRoles(unknown, []),
      () => users.sessions(caller, unknown),
      () => users.revokeSession(root.id, unknown),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' })
    }
  })

  it('show their sessions, and which is the present one, until it is revoked', async () => {
    const [first, second] = [await at.signedIn('root'), await at.signedIn('root')]
    const sessions = await at.identity.users.sessions(first.caller, root.id)
    expect(sessions.map(({ current }) => current)).toEqual([false, true])
    expect(sessions[1]).toMatchObject({ address, userAgent: 'test', createdAt: '2026-01-01T00:00:00.000Z' })
    await at.identity.users.revokeSession(root.id, second.caller.sessionId as string)
    expect(await at.identity.authenticate({ sessionSecret: second.secret, address })).toMatchObject({
      kind: 'anonymous',
    })
    expect(await at.identity.users.sessions(first.caller, root.id)).toHaveLength(1)
  })
})
