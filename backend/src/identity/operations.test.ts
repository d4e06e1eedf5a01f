import { identityOperations } from '@sre-toolbox/contract/identity'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAudit } from '../audit/index.ts'
import { createAuditStore } from '../audit/store.sql.ts'
import { anonymous, type Caller } from '../kernel/caller.ts'
import { createIds } from '../kernel/ids.ts'
import { createRegistry } from '../kernel/registry.ts'
import { createRunner, type Runner } from '../kernel/run-operation.ts'
import { createIdentityOperations } from './operations.ts'
import { address, type IdentityFixture, openIdentity, password } from './test/fixture.ts'

describe('identity operations', () => {
  let at: IdentityFixture
  let runner: Runner
  beforeEach(async () => {
    at = await openIdentity()
    await at.user()
    await at.user({ username: 'root', superuser: true })
    const audit = createAudit({
      store: createAuditStore(at.opened.db),
      clock: at.clock,
      ids: createIds(at.clock),
      retentionDays: null,
    })
    const { registry, faults } = createRegistry({
      declarations: identityOperations,
      core: createIdentityOperations(at.identity),
      toolkitOperation: () => undefined,
    })
    expect(faults).toEqual([])
    runner = createRunner({ registry, audit })
  })
  afterEach(() => at[Symbol.asyncDispose]())

  const cookies: string[] = []
  const session = {
    userAgent: 'Browser/1.0',
    set: (secret: string) => cookies.push(secret),
    clear: () => cookies.push('cleared'),
  }
  const run = (caller: Caller, operation: string, input: unknown, sink: typeof session | null = session) =>
    runner
      .run(operation, input, {
        caller,
        requestId: 'request-1',
        signal: new AbortController().signal,
        session: sink,
      })
      .then(({ output }) => output as Record<string, unknown>)
  const code = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'done',
      (error: { code: string }) => error.code,
    )
  const signIn = (input: object) => run(anonymous(address), 'auth.login', input)
  const entries = () => at.opened.db.query.selectFrom('audit_entries').selectAll().orderBy('seq').execute()

  it('sign in with a cookie, tell who is there, and sign out', async () => {
    const { user } = await signIn({ username: ' ADA ', password })
    const secret = cookies.at(-1) as string
    const caller = await at.identity.authenticate({ sessionSecret: secret, address })
    expect(await run(caller, 'auth.me', {})).toMatchObject({
      user,
      token: null,
      csrfHeader: 'x-toolbox-csrf',
    })
    await run(caller, 'auth.logout', {})
    expect(cookies.at(-1)).toBe('cleared')
    expect(await at.identity.authenticate({ sessionSecret: secret, address })).toMatchObject({
      kind: 'anonymous',
    })
  })

  it('tell a token which it is', async () => {
    const caller = await at.byToken((await at.signedIn('ada')).caller, { operations: ['auth.me'] })
    expect(await run(caller, 'auth.me', {})).toMatchObject({ token: { name: 'ci', owner: 'ada' } })
  })

  it('refuse to sign in where no session can be kept', async () => {
    const attempt = run(anonymous(address), 'auth.login', { username: 'ada', password }, null)
    expect(await code(attempt)).toBe('conflict')
  })

  it('put every sign-in on the audit trail, the failed and the refused too', async () => {
    await signIn({ username: 'ada', password })
    for (let attempt = 0; attempt < 6; attempt++) await code(signIn({ username: 'ada', password: 'wrong' }))
    const [first, second, ...more] = await entries()
    expect(first).toMatchObject({ operation: 'auth.login', outcome: 'succeeded' })
    expect(JSON.parse(first?.body ?? '')).toMatchObject({
      actor: { kind: 'user', name: 'ada' },
      address,
      input: { username: 'ada' },
    })
    expect(JSON.parse(second?.body ?? '')).toMatchObject({ outcome: 'failed', code: 'not_signed_in' })
    expect(JSON.parse(more.at(-1)?.body ?? '')).toMatchObject({ outcome: 'failed', code: 'rate_limited' })
  })

  it('leave no secret in the database, whatever comes in and however it ends', async () => {
    const canary = 'canary-7d1f-canary'
    const root = (await at.signedIn('root')).caller
    const made = await run(root, 'users.create', {
      username: 'new',
      password: canary,
      summary: 'for the test',
    })
    const { id: userId } = made.user as { id: string }
    await run(root, 'users.update', { userId, password: `${canary}-2`, summary: 'for the test' })
    await signIn({ username: 'new', password: `${canary}-2` })
    const secret = cookies.at(-1) as string
    const caller = await at.identity.authenticate({ sessionSecret: secret, address })
    const { token } = await run(caller, 'tokens.create', { name: 'ci' })
    await run(caller, 'auth.changePassword', { currentPassword: `${canary}-2`, newPassword: `${canary}-3` })
    await code(signIn({ username: 'new', password: `${canary}-wrong` }))
    await code(run(caller, 'users.create', { username: 'x', password: canary, summary: 'refused' }))
    await code(
      run(caller, 'auth.changePassword', { currentPassword: canary, newPassword: canary, token: canary }),
    )

    const { query } = at.opened.db
    const everything = JSON.stringify([
      await entries(),
      await query.selectFrom('users').selectAll().execute(),
      await query.selectFrom('sessions').selectAll().execute(),
      await query.selectFrom('tokens').selectAll().execute(),
      await query.selectFrom('login_failures').selectAll().execute(),
    ])
    expect((await entries()).length).toBeGreaterThanOrEqual(7)
    for (const hidden of [canary, secret, token as string]) expect(everything).not.toContain(hidden)
  })

  const userId = '018f0000-0000-7000-8000-00000000ffff'
  const summary = 'for the test'
  const superuserOnly: [string, object][] = [
    ['users.list', {}],
    ['users.create', { username: 'x', password, summary }],
    ['users.update', { userId, superuser: true, summary }],
    ['users.disable', { userId, summary }],
    ['users.setRoles', { userId, roles: ['system.admin'], summary }],
    ['users.sessions', { userId }],
    ['users.revokeSession', { userId, sessionId: userId, summary }],
  ]

  it.each(superuserOnly)('let superusers alone call %s', async (operation, input) => {
    await at.user({ username: 'admin', roles: ['toolkit.user', 'toolkit.curator', 'system.admin'] })
    const root = (await at.signedIn('root')).caller
    expect(await code(run(anonymous(address), operation, input))).toBe('not_signed_in')
    expect(await code(run((await at.signedIn('admin')).caller, operation, input))).toBe('role_missing')
    expect(await code(run(await at.byToken((await at.signedIn('admin')).caller), operation, input))).toBe(
      'role_missing',
    )
    expect(await code(run(await at.byToken(root, { operations: ['jobs.*'] }), operation, input))).toBe(
      'token_forbids',
    )
    const guide = await at.byToken(root, { persona: 'Documentation Guide' })
    expect(await code(run(guide, operation, input))).toBe('persona_forbids')
    expect(await code(run(await at.byToken(root, { operations: [operation] }), operation, input))).toMatch(
      /done|not_found/,
    )
  })

  it('take the power of a token away with that of its owner', async () => {
    const token = await at.identity.tokens.create((await at.signedIn('root')).caller, { name: 'ci' })
    await at.user({ username: 'second', superuser: true })
    const second = (await at.signedIn('second')).caller
    const root = await at.identity.authenticate({ bearer: token.token, address })
    await run(second, 'users.update', { userId: root.userId, superuser: false, summary })
    const now = await at.identity.authenticate({ bearer: token.token, address })
    expect(await code(run(now, 'users.list', {}))).toBe('role_missing')
  })

  it.each([
    ['auth.login', { username: 'ada', password, extra: 1 }],
    ['auth.login', { username: 'a\u0000da', password }],
    ['users.create', { username: 'x', password: 'too short', summary }],
    ['users.create', { username: 'x', password }],
    ['users.create', { username: 'x', password, displayName: 'a\u0000b', summary }],
    ['users.list', { q: '\u0000' }],
    ['users.setRoles', { userId, roles: ['root'], summary }],
    ['tokens.create', { name: 'ci', operations: ['jobs'] }],
    ['tokens.create', { name: 'ci', expiresAt: 'tomorrow' }],
    ['auth.changePassword', { currentPassword: password, newPassword: 'too short' }],
  ])('refuse what is not valid: %s %j', async (operation, input) => {
    const { caller } = await at.signedIn('root')
    expect(await code(run(caller, operation, input))).toBe('validation_failed')
  })
})
