import type { RunState, TaskDefinition } from '@sre-toolbox/codex/runbooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Run, RunStore } from './ports.ts'
import { keptRun } from './test/kept-run.ts'

/** What every keeper of runs must do. `other` is the same store as another process has it. */
export function describeRunStore(
  name: string,
  open: () => Promise<{ store: RunStore; other: RunStore } & AsyncDisposable>,
): void {
  describe(`run store on ${name}`, () => {
    let opened: { store: RunStore; other: RunStore } & AsyncDisposable
    let store: RunStore
    let made = 0
    beforeAll(async () => {
      opened = await open()
      store = opened.store
    })
    afterAll(() => opened[Symbol.asyncDispose]())

    async function add(differs: Partial<Run> = {}, of: Partial<TaskDefinition> = {}): Promise<Run> {
      const run = keptRun(++made, differs, of)
      await store.insert(run)
      return run
    }
    const answered = (run: Run, answer: unknown): RunState => ({ ...run.state, answers: { list: answer } })

    it('gives back what was put in, keeps the first of the same id, and has nothing else', async () => {
      const run = await add({ workspaceId: 'w' })
      await store.insert({ ...run, confirmed: [] })
      expect(await opened.other.get(run.id)).toEqual(run)
      expect(await store.get('absent')).toBeNull()
    })

    it('lets no attempt write over a later one', async () => {
      const run = await add()
      expect(await store.save(run.id, 1, answered(run, 'first'))).toBe(true)
      expect(await opened.other.save(run.id, 2, answered(run, 'second'))).toBe(true)
      expect(await store.save(run.id, 1, answered(run, 'late'))).toBe(false)
      expect(await store.save(run.id, 2, answered(run, 'again'))).toBe(true)
      expect((await store.get(run.id))?.state.answers).toEqual({ list: 'again' })
    })

    it('lists the newest first, by task and by workspace, page by page', async () => {
      const runs = [
        await add({ workspaceId: 'mine' }, { slug: 'listed' }),
        await add({ workspaceId: 'mine' }, { slug: 'listed' }),
        await add({}, { slug: 'listed' }),
      ]
      const ids = async (...asked: Parameters<RunStore['list']>) =>
        (await store.list(...asked)).map(({ id }) => id)
      const newest = runs.map(({ id }) => id).reverse()
      expect(await ids({ task: 'listed' }, { cursor: undefined, limit: 9 })).toEqual(newest)
      expect(await ids({ workspaceId: 'mine' }, { cursor: undefined, limit: 9 })).toEqual(newest.slice(1))
      const page = { cursor: newest[0], limit: 1 }
      expect(await ids({ task: 'listed' }, page)).toEqual([newest[1]])
    })

    it('knows whose journal was not told yet, oldest first, page by page', async () => {
      const runs = [await add({ workspaceId: 'told' }), await add(), await add({ workspaceId: 'told' })]
      const [first, , last] = runs.map(({ id }) => id) as [string, string, string]
      const untold = async (...asked: Parameters<RunStore['untold']>) =>
        (await store.untold(...asked)).filter(({ workspaceId }) => workspaceId === 'told').map(({ id }) => id)
      expect(await untold(undefined, 99)).toEqual([first, last])
      expect(await untold(first, 1)).toEqual([last])
      await opened.other.refused(first, 'read-only')
      expect(await store.get(first)).toMatchObject({ journalled: false, journalRefusal: 'read-only' })
      await opened.other.told(first)
      await opened.other.refused(first, 'late')
      expect(await untold(undefined, 99)).toEqual([last])
      expect(await store.get(first)).toMatchObject({ journalled: true, journalRefusal: null })
    })

    it('removes a run with what was answered, and no other', async () => {
      const [gone, kept] = [await add(), await add()]
      const said = {
        step: 'list',
        question: 'Now?',
        answer: 'approved' as const,
        by: 'ada',
        comment: null,
        at: 5,
      }
      for (const { id } of [gone, kept]) await store.answer({ ...said, runId: id })
      await opened.other.delete([gone.id])
      expect([await store.get(gone.id), await store.answers(gone.id)]).toEqual([null, []])
      expect([await store.get(kept.id), await store.answers(kept.id)]).toMatchObject([
        { id: kept.id },
        [said],
      ])
    })

    it('keeps the first answer to a question, and asks a new question afresh', async () => {
      const { id: runId } = await add()
      const said = { runId, step: 'list', question: 'Now?', by: 'ada', comment: null, at: 5 }
      await store.answer({ ...said, answer: 'rejected' })
      await opened.other.answer({ ...said, answer: 'approved', by: 'bob' })
      await store.answer({ ...said, question: 'And now?', answer: 'approved', comment: 'go', at: 6 })
      expect(await store.answers(runId)).toEqual([
        { ...said, answer: 'rejected' },
        { ...said, question: 'And now?', answer: 'approved', comment: 'go', at: 6 },
      ])
    })
  })
}
