import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase, type OpenDatabase } from '../../../test/support/databases.ts'
import type { RegisteredWorkspace } from './ports.ts'
import { createWorkspaceStore } from './store.sql.ts'

const workspace = (id: string, over: Partial<RegisteredWorkspace> = {}): RegisteredWorkspace => ({
  id,
  name: `workspace ${id}`,
  directory: `/srv/${id}`,
  addedBy: { id: 'user-1', name: 'ada' },
  addedAt: 1_893_456_000_000,
  ...over,
})

eachDatabase((database, open) => {
  describe(`registered workspaces on ${database}`, () => {
    let opened: OpenDatabase
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened[Symbol.asyncDispose]())

    it('are kept as they were added, by name, for every process', async () => {
      const store = createWorkspaceStore(opened.db)
      const second = workspace('b', { name: 'zebra', addedBy: { id: null, name: 'system' } })
      expect(await store.add(second)).toBe(true)
      expect(await store.add(workspace('a'))).toBe(true)
      expect(await createWorkspaceStore(opened.other).list()).toEqual([workspace('a'), second])
      expect(await store.find('b')).toEqual(second)
      expect(await store.find('absent')).toBeNull()
    })

    it('share neither name nor directory', async () => {
      const store = createWorkspaceStore(opened.db)
      expect(await store.add(workspace('c', { directory: '/srv/a' }))).toBe(false)
      expect(await store.add(workspace('c', { name: 'zebra' }))).toBe(false)
      expect(await store.find('c')).toBeNull()
    })

    it('are forgotten once', async () => {
      const store = createWorkspaceStore(opened.db)
      expect(await store.remove('a')).toBe(true)
      expect(await store.remove('a')).toBe(false)
      expect(await store.find('a')).toBeNull()
    })
  })
})
