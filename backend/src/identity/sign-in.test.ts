import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anonymous } from '../kernel/caller.ts'
import { waitAfter } from './lockout.ts'
import { address, type IdentityFixture, openIdentity, password } from './test/fixture.ts'

describe('signing in', () => {
  let at: IdentityFixture
  beforeEach(async () => {
    at = await openIdentity()
    await at.user()
  })
  afterEach(() => at[Symbol.asyncDispose]())

  const signIn = (given: { username?: string; password?: string; provider?: string }, from = address) =>
    at.identity.signIn(
      { username: 'ada', password, provider: 'local', ...given },
      { caller: anonymous(from), userAgent: 'Browser/1.0' },
    )
  const outcome = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'in',
      (error: { code: string }) => error.code,
    )

  it('answers the user, a 256-bit secret and when it ends', async () => {
    const { user, secret, expiresAt } = await signIn({})
    expect(user).toMatchObject({ username: 'ada', lastLoginAt: '2026-01-01T00:00:00.000Z' })
    expect(user).not.toHaveProperty('passwordHash')
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(expiresAt).toBe(at.clock.time + 7 * 86_400_000)
  })

  it('says the same for an unknown user and a wrong password', async () => {
    const wrong = await signIn({ password: 'wrong' }).catch((error) => error)
    const unknown = await signIn({ username: 'nobody' }).catch((error) => error)
    expect(wrong.code).toBe('not_signed_in')
    expect([unknown.code, unknown.message]).toEqual([wrong.code, wrong.message])
  })

  it('tells a disabled user, once the password proves who it is', async () => {
    await at.user({ username: 'root', superuser: true })
    const { items } = await at.identity.users.list({ q: 'ada', limit: 1 })
    await at.identity.users.disable(items[0]?.id as string)
    await expect(signIn({})).rejects.toMatchObject({
      code: 'not_signed_in',
      message: expect.stringMatching(/disabled/),
    })
    await expect(signIn({ password: 'wrong' })).rejects.toMatchObject({
      message: expect.not.stringMatching(/disabled/),
    })
  })

  it('refuses an unknown provider, and users whose provider keeps the password', async () => {
    await expect(signIn({ provider: 'okta' })).rejects.toMatchObject({ code: 'validation_failed' })
    await at.opened.db.query.updateTable('users').set({ provider: 'okta', password_hash: null }).execute()
    expect(await outcome(signIn({}))).toBe('not_signed_in')
  })

  it('makes a user wait after five failures, longer each time, and says how long', async () => {
    for (let attempt = 0; attempt < 5; attempt++)
      expect(await outcome(signIn({ password: 'x' }))).toBe('not_signed_in')
    await expect(signIn({})).rejects.toMatchObject({
      code: 'rate_limited',
      details: { retryAfterSeconds: 5 },
    })
    at.clock.time += 5_000
    expect(await outcome(signIn({ password: 'x' }))).toBe('not_signed_in')
    await expect(signIn({})).rejects.toMatchObject({ details: { retryAfterSeconds: 10 } })
    at.clock.time += 10_000
    expect(await outcome(signIn({}))).toBe('in')
    for (let attempt = 0; attempt < 5; attempt++)
      expect(await outcome(signIn({ password: 'x' }))).toBe('not_signed_in')
  })

  it('lets no more through when all come at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(signIn({ password: 'x' }))))
    expect(outcomes.filter((code) => code === 'not_signed_in')).toHaveLength(5)
    expect(outcomes.filter((code) => code === 'rate_limited')).toHaveLength(15)
  })

  it('makes unknown users wait alike, so that waiting tells nothing', async () => {
    for (let attempt = 0; attempt < 5; attempt++) await outcome(signIn({ username: 'nobody' }))
    expect(await outcome(signIn({ username: 'nobody' }))).toBe('rate_limited')
  })

  it('makes an address wait that tries many users, and no other address', async () => {
    for (let attempt = 0; attempt < 30; attempt++) await outcome(signIn({ username: `user-${attempt}` }))
    expect(await outcome(signIn({}))).toBe('rate_limited')
    expect(await outcome(signIn({}, '192.0.2.8'))).toBe('in')
  })

  it('does not clear an address by one password that is known', async () => {
    for (let attempt = 0; attempt < 14; attempt++) {
      await outcome(signIn({ username: `user-${attempt}` }))
      await outcome(signIn({ username: `user-${attempt}` }))
      expect(await outcome(signIn({}))).toBe('in')
    }
    await outcome(signIn({ username: 'user-14' }))
    await outcome(signIn({ username: 'user-14' }))
    expect(await outcome(signIn({}))).toBe('rate_limited')
  })

  it('doubles the wait up to a limit', () => {
    const policy = { free: 5, firstMs: 5_000, longestMs: 900_000, forgetMs: 0 }
    expect([4, 5, 6, 7, 12, 13, 1000].map((failures) => waitAfter(failures, policy))).toEqual([
      0, 5_000, 10_000, 20_000, 640_000, 900_000, 900_000,
    ])
  })

  it('signs out the one session', async () => {
    const [first, second] = [await at.signedIn('ada'), await at.signedIn('ada')]
    await at.identity.signOut(first.caller)
    expect(await at.identity.authenticate({ sessionSecret: first.secret, address })).toMatchObject({
      kind: 'anonymous',
    })
    expect(await at.identity.authenticate({ sessionSecret: second.secret, address })).toMatchObject({
      kind: 'user',
    })
    await at.identity.signOut(anonymous(address))
  })

  it('changes the password and ends all other sessions', async () => {
    const [own, other] = [await at.signedIn('ada'), await at.signedIn('ada')]
    const next = { currentPassword: password, newPassword: 'another long password' }
    await expect(
      at.identity.changePassword(own.caller, { ...next, currentPassword: 'wrong' }),
    ).rejects.toMatchObject({ code: 'validation_failed' })
    await at.identity.changePassword(own.caller, next)
    expect(await at.identity.authenticate({ sessionSecret: own.secret, address })).toMatchObject({
      kind: 'user',
    })
    expect(await at.identity.authenticate({ sessionSecret: other.secret, address })).toMatchObject({
      kind: 'anonymous',
    })
    expect(await outcome(signIn({}))).toBe('not_signed_in')
    expect(await outcome(signIn({ password: next.newPassword }))).toBe('in')
  })

  it('makes those wait who guess the present password of a session they found open', async () => {
    const { caller } = await at.signedIn('ada')
    const guess = () =>
      at.identity.changePassword(caller, { currentPassword: 'x', newPassword: 'y'.repeat(12) })
    for (let attempt = 0; attempt < 5; attempt++) expect(await outcome(guess())).toBe('validation_failed')
    expect(await outcome(guess())).toBe('rate_limited')
  })
})
