import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type IdentityFixture, openIdentity } from './test/fixture.ts'

describe('work that goes on for a user', () => {
  let at: IdentityFixture
  let userId: string
  beforeEach(async () => {
    at = await openIdentity()
    userId = (await at.user()).id
    await at.user({ username: 'root', superuser: true })
  })
  afterEach(() => at[Symbol.asyncDispose]())

  const refused = (message: RegExp) => ({ code: 'not_signed_in', message: expect.stringMatching(message) })

  it('may do what the user may do now', async () => {
    expect(await at.identity.onBehalfOf({ userId, tokenId: null })).toMatchObject({
      kind: 'user',
      name: 'ada',
      roles: ['toolkit.user'],
      token: null,
    })
    await at.identity.users.setRoles(userId, [])
    expect(await at.identity.onBehalfOf({ userId, tokenId: null })).toMatchObject({ roles: [] })
    await at.identity.users.disable(userId)
    await expect(at.identity.onBehalfOf({ userId, tokenId: null })).rejects.toMatchObject(refused(/disabled/))
  })

  it('stays within the token it was asked with, and ends with it', async () => {
    const { caller } = await at.signedIn('ada')
    const wanted = { name: 'ci', operations: ['users.*'], persona: 'Access Steward' }
    const { details } = await at.identity.tokens.create(caller, wanted)
    expect(await at.identity.onBehalfOf({ userId, tokenId: details.id })).toMatchObject({
      kind: 'token',
      token: { name: 'ci', operations: ['users.*'], persona: { name: 'Access Steward' } },
    })
    await at.identity.tokens.revoke(caller, details.id)
    await expect(at.identity.onBehalfOf({ userId, tokenId: details.id })).rejects.toMatchObject(
      refused(/revoked/),
    )
    await expect(at.identity.onBehalfOf({ userId, tokenId: userId })).rejects.toMatchObject(refused(/gone/))
  })
})
