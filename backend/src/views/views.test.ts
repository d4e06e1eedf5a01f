import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase, type OpenDatabase } from '../../../test/support/databases.ts'
import { anonymous, type Caller, systemCaller } from '../kernel/caller.ts'
import { createIds } from '../kernel/ids.ts'
import { createViews, type Views } from './index.ts'
import { createViewStore } from './store.sql.ts'

eachDatabase((name, open) => {
  describe(`saved views on ${name}`, () => {
    let opened: OpenDatabase
    let views: Views
    const clock = { time: Date.UTC(2026, 0, 1), now: () => clock.time }
    const ids = createIds(clock)

    beforeAll(async () => {
      opened = await open()
      views = createViews({ store: createViewStore(opened.db), clock, ids })
    })
    afterAll(() => opened[Symbol.asyncDispose]())

    async function somebody(): Promise<Caller> {
      const userId = ids()
      const row = { id: userId, username: userId, display_name: 'x', provider: 'local', roles: '[]' }
      await opened.db.query
        .insertInto('users')
        .values({
          ...row,
          email: null,
          password_hash: null,
          superuser: 0,
          disabled: 0,
          password_given: 0,
          created_at: 1,
          last_login_at: null,
        })
        .execute()
      return { ...anonymous(null), kind: 'user', userId, name: userId }
    }

    it('are kept by list and name, each user their own', async () => {
      const [ada, bob] = [await somebody(), await somebody()]
      const failed = await views.put(ada, { list: 'jobs', name: 'Failed ü', query: 'status=failed' })
      expect(failed).toEqual({
        id: expect.any(String),
        list: 'jobs',
        name: 'Failed ü',
        query: 'status=failed',
        changedAt: '2026-01-01T00:00:00.000Z',
      })
      const refused = await views.put(ada, { list: 'audit', name: 'Failed ü', query: 'outcome=refused' })
      expect(await views.list(ada)).toEqual([refused, failed])
      expect(await views.list(bob)).toEqual([])
    })

    it('are replaced under the same name, and keep their id', async () => {
      const ada = await somebody()
      const first = await views.put(ada, { list: 'jobs', name: 'Mine', query: 'q=a' })
      clock.time += 1000
      const second = await views.put(ada, { list: 'jobs', name: 'Mine', query: 'q=b' })
      expect(second).toEqual({ ...first, query: 'q=b', changedAt: '2026-01-01T00:00:01.000Z' })
      expect(await views.list(ada)).toEqual([second])
    })

    it('are removed by their owner alone', async () => {
      const [ada, bob] = [await somebody(), await somebody()]
      const { id } = await views.put(ada, { list: 'jobs', name: 'Mine', query: '' })
      await expect(views.remove(bob, id)).rejects.toMatchObject({ code: 'not_found' })
      await views.remove(ada, id)
      await expect(views.remove(ada, id)).rejects.toMatchObject({ code: 'not_found' })
    })

    it('are a hundred at most, of which each can still be changed', async () => {
      const ada = await somebody()
      const wanted = (index: number) => ({ list: 'jobs', name: `view ${index}`, query: '' }) as const
      for (let index = 0; index < 100; index++) await views.put(ada, wanted(index))
      await expect(views.put(ada, wanted(100))).rejects.toMatchObject({ code: 'conflict' })
      expect(await views.put(ada, { ...wanted(7), query: 'q=x' })).toMatchObject({ query: 'q=x' })
    })

    it('belong to users, not to the product itself', async () => {
      await expect(views.list(systemCaller('schedule'))).rejects.toMatchObject({ code: 'not_signed_in' })
    })
  })
})
