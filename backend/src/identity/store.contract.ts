import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createIds } from '../kernel/ids.ts'
import type { IdentityStore } from './ports.ts'
import type { SessionRecord } from './session.ts'
import type { TokenRecord } from './token.ts'
import type { UserRecord } from './user.ts'

/** What every identity store must do. `other` is the same store as another process has it. */
export function describeIdentityStore(
  name: string,
  open: () => Promise<{ store: IdentityStore; other: IdentityStore } & AsyncDisposable>,
): void {
  describe(`identity store on ${name}`, () => {
    const ids = createIds({ now: () => Date.now() })
    let opened: { store: IdentityStore; other: IdentityStore } & AsyncDisposable
    let store: IdentityStore
    beforeAll(async () => {
      opened = await open()
      store = opened.store
    })
    afterAll(() => opened[Symbol.asyncDispose]())

    const newUser = (changes: Partial<UserRecord> = {}): UserRecord => {
      const id = ids()
      return {
        id,
        username: `user-${id}`,
        displayName: 'Ada Ü',
        email: 'ada@example.org',
        provider: 'local',
        passwordHash: 'hash',
        roles: ['toolkit.user', 'system.admin'],
        superuser: false,
        disabled: false,
        passwordGiven: true,
        createdAt: 1_767_225_600_000,
        lastLoginAt: null,
        ...changes,
      }
    }
    async function addedUser(changes: Partial<UserRecord> = {}) {
      const user = newUser(changes)
      await store.addUser(user)
      return user
    }
    const ownerOf = ({ id, username, roles, superuser, disabled }: UserRecord) => ({
      id,
      username,
      roles,
      superuser,
      disabled,
    })
    const newSession = (userId: string, changes: Partial<SessionRecord> = {}): SessionRecord => {
      const id = ids()
      const times = { createdAt: 1_000, lastSeenAt: 1_000, expiresAt: 9_000 }
      return {
        id,
        secretHash: `hash-${id}`,
        userId,
        ...times,
        address: '::1',
        userAgent: 'Ü/1.0',
        ...changes,
      }
    }
    const newToken = (userId: string, changes: Partial<TokenRecord> = {}): TokenRecord => {
      const id = ids()
      const times = { createdAt: 1_000, expiresAt: null, lastUsedAt: null, revokedAt: null }
      return {
        id,
        secretHash: `hash-${id}`,
        userId,
        name: 'ci',
        prefix: 'tbx_abc',
        operations: ['jobs.*'],
        persona: null,
        ...times,
        ...changes,
      }
    }

    it('makes the first user once, however many try', async () => {
      expect(await store.hasUsers()).toBe(false)
      const tries = [
        newUser({ username: 'first' }),
        newUser({ username: 'first' }),
        newUser({ username: 'first' }),
      ]
      const made = await Promise.all(
        tries.map((user, index) => (index % 2 ? opened.other : store).addFirstUser(user)),
      )
      expect(made.filter(Boolean)).toHaveLength(1)
      expect(await store.hasUsers()).toBe(true)
      expect(await store.addFirstUser(newUser())).toBe(false)
    })

    it('gives back users as they were added, by id and by name', async () => {
      const user = await addedUser({ email: null, superuser: true, disabled: true, lastLoginAt: 5 })
      expect(await store.findUser(user.id)).toEqual(user)
      expect(await store.findUserByName(user.username)).toEqual(user)
      expect(await store.findUser(ids())).toBeNull()
      expect(await store.findUserByName('nobody')).toBeNull()
    })

    it('gives a username to one user only', async () => {
      const { username } = await addedUser()
      const same = newUser({ username })
      expect(await store.addUser(same)).toBe(false)
      expect(await store.findUser(same.id)).toBeNull()
    })

    it('lists users by name, page by page, and searches names and addresses literally', async () => {
      for (const username of ['list-c', 'list-a', 'list-b']) {
        await addedUser({ username, displayName: `Show ${username.toUpperCase()}`, email: null })
      }
      const odd = await addedUser({
        username: 'list-d',
        displayName: '100%_\\ sure',
        email: 'Odd@Example.org',
      })
      const names = async (page: Partial<Parameters<IdentityStore['listUsers']>[0]>) =>
        (await store.listUsers({ q: null, after: null, limit: 100, ...page })).map(({ username }) => username)
      expect(await names({ q: 'list-', limit: 2 })).toEqual(['list-a', 'list-b'])
      expect(await names({ q: 'list-', after: 'list-b', limit: 2 })).toEqual(['list-c', 'list-d'])
      expect(await names({ q: 'SHOW LIST-C' })).toEqual(['list-c'])
      expect(await names({ q: 'odd@example' })).toEqual(['list-d'])
      expect(await names({ q: '%_\\' })).toEqual(['list-d'])
      expect(await names({ q: "' or 1=1" })).toEqual([])
      expect(await store.listUsers({ q: '%_\\', after: null, limit: 1 })).toEqual([odd])
    })

    it('changes what is named and nothing else, and ends the sessions that must end', async () => {
      const user = await addedUser()
      const sessions = [newSession(user.id), newSession(user.id), newSession(user.id)]
      for (const session of sessions) await store.addSession(session, null)
      const left = async () => (await store.listSessions(user.id, 0)).map(({ id }) => id)

      const changed = { ...user, lastLoginAt: 1_000, displayName: 'Countess' }
      expect(await store.changeUser(user.id, { displayName: 'Countess' }, 'none', null)).toEqual(changed)
      expect(await store.findUser(user.id)).toEqual(changed)
      expect(await left()).toHaveLength(3)
      const kept = (sessions[1] as SessionRecord).id
      await store.changeUser(user.id, { passwordHash: 'new' }, { allBut: kept }, null)
      expect(await left()).toEqual([kept])
      await store.changeUser(user.id, { disabled: true }, 'all', null)
      expect(await left()).toEqual([])
      expect(await store.changeUser(ids(), { email: null }, 'none', null)).toBe('not_found')
    })

    it('revokes the tokens that a change ends, and leaves those that were revoked before as they were', async () => {
      const [user, other] = [await addedUser(), await addedUser()]
      for (const token of [newToken(user.id), newToken(user.id, { revokedAt: 5 }), newToken(other.id)])
        await store.addToken(token)
      await store.changeUser(user.id, { disabled: true }, 'all', 9)
      const revoked = async ({ id }: UserRecord) =>
        (await store.listTokens(id, { before: null, limit: 9 })).map(({ revokedAt }) => revokedAt)
      expect(await revoked(user)).toEqual([5, 9])
      expect(await revoked(other)).toEqual([null])
    })

    it('never lets go of the last enabled superuser, even when two processes try at once', async () => {
      const [one, two] = [await addedUser({ superuser: true }), await addedUser({ superuser: true })]
      for (const user of await store.listUsers({ q: null, after: null, limit: 1000 })) {
        const others = user.id !== one.id && user.id !== two.id
        if (others && user.superuser) await store.changeUser(user.id, { superuser: false }, 'none', null)
      }
      const outcomes = await Promise.all([
        store.changeUser(one.id, { disabled: true }, 'all', null),
        opened.other.changeUser(two.id, { superuser: false }, 'none', null),
      ])
      expect(outcomes.filter((outcome) => outcome === 'last_superuser')).toHaveLength(1)
      const bystander = await addedUser()
      expect(await store.changeUser(bystander.id, { disabled: true }, 'all', null)).toMatchObject({
        disabled: true,
      })
    })

    it('finds a session and its user by the hash of its secret', async () => {
      const user = await addedUser()
      const session = newSession(user.id)
      await store.addSession(session, null)
      const { id, createdAt, lastSeenAt, expiresAt } = session
      const live = { id, createdAt, lastSeenAt, expiresAt }
      expect(await store.findSession(session.secretHash)).toEqual({ session: live, owner: ownerOf(user) })
      expect(await store.findSession('other')).toBeNull()

      await Promise.all([
        store.touchSession({ id: session.id, lastSeenAt: 2_000, expiresAt: 9_500 }),
        store.touchSession({ id: ids(), lastSeenAt: 1, expiresAt: 1 }),
      ])
      const touched = { ...live, lastSeenAt: 2_000, expiresAt: 9_500 }
      expect((await store.findSession(session.secretHash))?.session).toEqual(touched)
    })

    it('lists the sessions that live, and ends one of that user only', async () => {
      const [ada, bob] = [await addedUser(), await addedUser()]
      const [old, live] = [newSession(ada.id, { expiresAt: 2_000 }), newSession(ada.id)]
      await store.addSession(old, null)
      await store.addSession(live, null)
      expect(await store.listSessions(ada.id, 2_000)).toEqual([live])
      expect(await store.removeSession(bob.id, live.id)).toBe(false)
      expect(await store.removeSession(ada.id, live.id)).toBe(true)
      expect(await store.removeSession(ada.id, live.id)).toBe(false)
    })

    it('ends the session that a new one replaces', async () => {
      const user = await addedUser()
      const [first, second] = [newSession(user.id), newSession(user.id)]
      await store.addSession(first, null)
      await store.addSession(second, first.id)
      expect(await store.listSessions(user.id, 0)).toEqual([second])
    })

    it('finds a token and its owner by the hash of its secret', async () => {
      const user = await addedUser()
      const token = newToken(user.id, { persona: 'Curator', operations: null, expiresAt: 7 })
      await store.addToken(token)
      const { id, name, operations, persona, expiresAt, lastUsedAt, revokedAt } = token
      const presented = { id, name, operations, persona, expiresAt, lastUsedAt, revokedAt }
      expect(await store.findToken(token.secretHash)).toEqual({ token: presented, owner: ownerOf(user) })
      expect(await store.findTokenById(token.id)).toEqual(token)
      expect(await store.findToken('other')).toBeNull()
      await store.touchToken({ id: token.id, lastUsedAt: 3_000 })
      expect((await store.findTokenById(token.id))?.lastUsedAt).toBe(3_000)
    })

    it('lists the tokens of one user, newest first, and revokes each once', async () => {
      const [ada, bob] = [await addedUser(), await addedUser()]
      const tokens = [newToken(ada.id), newToken(ada.id), newToken(ada.id)]
      for (const token of [...tokens, newToken(bob.id)]) await store.addToken(token)
      const [oldest, middle, newest] = tokens as [TokenRecord, TokenRecord, TokenRecord]
      expect(await store.listTokens(ada.id, { before: null, limit: 2 })).toEqual([newest, middle])
      expect(await store.listTokens(ada.id, { before: middle.id, limit: 2 })).toEqual([oldest])
      expect(await store.revokeToken(bob.id, oldest.id, 4_000)).toBe(false)
      expect(await store.revokeToken(ada.id, oldest.id, 4_000)).toBe(true)
      expect(await store.revokeToken(ada.id, oldest.id, 5_000)).toBe(false)
      expect((await store.findTokenById(oldest.id))?.revokedAt).toBe(4_000)
    })

    it('counts every one of many attempts at once, until the subject must wait', async () => {
      const attempt = (now: number) => ({
        subject: 'user:many',
        now,
        forgetBefore: now - 10_000,
        waitAfter: (failures: number) => (failures >= 3 ? failures * 1_000 : 0),
      })
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          (index % 2 ? opened.other : store).countAttempt(attempt(50_000)),
        ),
      )
      expect(answers.filter((answer) => answer === null)).toHaveLength(3)
      expect(new Set(answers)).toEqual(new Set([null, 53_000]))
      expect(await store.countAttempt(attempt(53_000))).toBeNull()
      expect(await store.countAttempt(attempt(53_001))).toBe(57_000)
      expect(await store.countAttempt(attempt(70_000))).toBeNull()
      expect(await store.countAttempt(attempt(70_000))).toBeNull()
    })

    it('forgives: one subject wholly, the other by one attempt', async () => {
      const attempt = (subject: string) => ({
        subject,
        now: 1_000,
        forgetBefore: 0,
        waitAfter: (failures: number) => (failures >= 2 ? 60_000 : 0),
      })
      await store.countAttempt(attempt('user:x'))
      await store.countAttempt(attempt('user:x'))
      await store.countAttempt(attempt('address:x'))
      await store.countAttempt(attempt('address:x'))
      await store.forgiveAttempts({ clear: 'user:x', giveBack: 'address:x' })
      expect(await store.countAttempt(attempt('user:x'))).toBeNull()
      expect(await store.countAttempt(attempt('user:x'))).toBeNull()
      expect(await store.countAttempt(attempt('address:x'))).toBeNull()
      expect(await store.countAttempt(attempt('address:x'))).toBe(61_000)
    })

    it('sweeps away what is over', async () => {
      const user = await addedUser()
      const [over, live] = [newSession(user.id, { expiresAt: 100 }), newSession(user.id, { expiresAt: 300 })]
      await store.addSession(over, null)
      await store.addSession(live, null)
      await store.sweep({ sessionsExpired: 200, failuresBefore: 1e15 })
      expect(await store.listSessions(user.id, 0)).toEqual([live])
    })
  })
}
