import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemCaller } from '../kernel/caller.ts'
import { type IdentityFixture, openIdentity } from './test/fixture.ts'

describe('API tokens', () => {
  let at: IdentityFixture
  beforeEach(async () => {
    at = await openIdentity()
    await at.user()
  })
  afterEach(() => at[Symbol.asyncDispose]())

  it('are shown once, and listed by what recognises them', async () => {
    const { caller } = await at.signedIn('ada')
    const expiresAt = at.clock.time + 1_000
    const { token, details } = await at.identity.tokens.create(caller, {
      name: 'ci',
      expiresAt,
      operations: ['jobs.*'],
    })
    expect(details).toEqual({
      id: expect.any(String),
      name: 'ci',
      prefix: token.slice(0, 10),
      owner: 'ada',
      operations: ['jobs.*'],
      persona: null,
      createdAt: '2026-01-01T00:00:00.000Z',
      expiresAt: '2026-01-01T00:00:01.000Z',
      lastUsedAt: null,
      revokedAt: null,
    })
    const listed = await at.identity.tokens.list(caller, { limit: 10 })
    expect(listed).toEqual({ items: [details], nextCursor: null })
    expect(JSON.stringify(listed)).not.toContain(token)
  })

  it('are listed page by page', async () => {
    const { caller } = await at.signedIn('ada')
    for (const name of ['one', 'two', 'three']) await at.identity.tokens.create(caller, { name })
    const first = await at.identity.tokens.list(caller, { limit: 2 })
    const second = await at.identity.tokens.list(caller, { limit: 2, cursor: first.nextCursor as string })
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['three', 'two', 'one'])
    expect(second.nextCursor).toBeNull()
    await expect(at.identity.tokens.list(caller, { limit: 2, cursor: 'two' })).rejects.toMatchObject({
      code: 'validation_failed',
    })
  })

  it('are seen and revoked by their owner alone, superusers included', async () => {
    await at.user({ username: 'root', superuser: true })
    const [ada, root] = [(await at.signedIn('ada')).caller, (await at.signedIn('root')).caller]
    const { details } = await at.identity.tokens.create(ada, { name: 'ci' })
    expect((await at.identity.tokens.list(root, { limit: 10 })).items).toEqual([])
    await expect(at.identity.tokens.revoke(root, details.id)).rejects.toMatchObject({ code: 'not_found' })
    await at.identity.tokens.revoke(ada, details.id)
    await expect(at.identity.tokens.revoke(ada, details.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('are refused with a date in the past, or a persona nobody declared', async () => {
    const { caller } = await at.signedIn('ada')
    const { tokens } = at.identity
    await expect(tokens.create(caller, { name: 'ci', expiresAt: at.clock.time })).rejects.toMatchObject({
      details: { errors: [{ path: 'expiresAt' }] },
    })
    await expect(tokens.create(caller, { name: 'ci', persona: 'Nobody' })).rejects.toMatchObject({
      details: {
        errors: [{ path: 'persona', message: expect.stringMatching(/Access Steward, Documentation Guide/) }],
      },
    })
    await expect(tokens.create(systemCaller('schedule'), { name: 'ci' })).rejects.toMatchObject({
      code: 'not_signed_in',
    })
  })

  it('are refused with operations that are not there, naming the nearest', async () => {
    const { caller } = await at.signedIn('ada')
    const operations = ['jobs.lst', 'jobs.*', 'user.*', '*', 'users.list', 'nothing.like-it']
    await expect(at.identity.tokens.create(caller, { name: 'ci', operations })).rejects.toMatchObject({
      code: 'validation_failed',
      details: {
        errors: [
          { path: 'operations.0', message: 'no operation here is called jobs.lst. Did you mean jobs.list?' },
          { path: 'operations.2', message: 'no operation here is called user.*. Did you mean users.*?' },
          { path: 'operations.5', message: 'no operation here is called nothing.like-it.' },
        ],
      },
    })
  })

  it('make no token that reaches further than themselves', async () => {
    const { caller } = await at.signedIn('ada')
    const expiresAt = at.clock.time + 60_000
    const scope = { operations: ['tokens.*', 'users.list'], persona: 'Access Steward', expiresAt }
    const agent = await at.byToken(caller, scope)
    const { tokens } = at.identity
    for (const wanted of [
      { operations: ['*'] },
      { operations: ['users.list', 'users.create'] },
      { persona: 'Documentation Guide' },
      { expiresAt: expiresAt + 1 },
    ]) {
      await expect(tokens.create(agent, { name: 'wider', ...wanted })).rejects.toMatchObject({
        code: expect.stringMatching(/^(token|persona)_forbids$/),
      })
    }
    const { details } = await tokens.create(agent, { name: 'same' })
    expect(details).toMatchObject({ ...scope, expiresAt: new Date(expiresAt).toISOString() })
    const narrower = await tokens.create(agent, { name: 'narrower', operations: ['users.list'] })
    expect(narrower.details).toMatchObject({ operations: ['users.list'], persona: 'Access Steward' })
  })
})
