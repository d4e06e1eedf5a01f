import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anonymous } from '../kernel/caller.ts'
import { address, type IdentityFixture, openIdentity, password } from './test/fixture.ts'

describe('the first administrator', () => {
  let at: IdentityFixture
  beforeEach(async () => {
    at = await openIdentity()
  })
  afterEach(() => at[Symbol.asyncDispose]())

  const signIn = (username: string, given: string) =>
    at.identity.signIn(
      { username, password: given, provider: 'local' },
      { caller: anonymous(address), userAgent: '' },
    )
  it('gets a one-time password when none is configured', async () => {
    const made = await at.identity.bootstrap({})
    expect(made).toEqual({
      created: true,
      username: 'admin',
      oneTimePassword: expect.stringMatching(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/),
    })
    expect(await signIn('admin', made.oneTimePassword as string)).toMatchObject({
      user: {
        superuser: true,
        passwordGiven: true,
        roles: ['toolkit.user', 'toolkit.curator', 'system.admin'],
      },
    })
  })

  it('is made as configured, without showing the password', async () => {
    const wanted = { username: ' Root ', password, email: 'root@example.org' }
    expect(await at.identity.bootstrap(wanted)).toEqual({ created: true, username: 'root' })
    expect(await signIn('root', password)).toMatchObject({
      user: { email: 'root@example.org', passwordGiven: false },
    })
  })

  it('is made once, and never again while there is a user', async () => {
    await at.identity.bootstrap({})
    expect(await at.identity.bootstrap({ username: 'other', password })).toEqual({
      created: false,
      username: 'other',
    })
    await expect(signIn('other', password)).rejects.toMatchObject({ code: 'not_signed_in' })
  })

  it('is shown one password when two processes start at once', async () => {
    const made = await Promise.all([at.identity.bootstrap({}), at.identity.bootstrap({})])
    const shown = made.flatMap(({ oneTimePassword }) => oneTimePassword ?? [])
    expect(shown).toHaveLength(1)
    expect(await signIn('admin', shown[0] as string)).toMatchObject({ user: { username: 'admin' } })
  })

  it.each([
    [{ password: 'short' }, 'password'],
    [{ username: 'no spaces allowed', password }, 'username'],
  ])('is refused with a clear reason: %j', async (wanted, path) => {
    await expect(at.identity.bootstrap(wanted)).rejects.toMatchObject({
      code: 'validation_failed',
      details: { errors: [{ path }] },
    })
  })
})
