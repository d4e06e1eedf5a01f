import type { RunReport } from '@sre-toolbox/contract/codex-runs'
import type { JobStatus } from '@sre-toolbox/contract/jobs'
import { expect, it } from 'vitest'
import { openTemporarySqlite } from '../../../test/support/databases.ts'
import { ToolboxError } from '../kernel/errors.ts'
import type { Run } from './ports.ts'
import { createRunJournal } from './run-journal.ts'
import { createRunStore } from './store.sql.ts'
import { keptRun } from './test/kept-run.ts'

async function scene(statuses: Record<string, JobStatus>) {
  const opened = await openTemporarySqlite()
  const store = createRunStore(opened.db)
  const written: string[] = []
  const warned: string[] = []
  let refusal: Error | null = null
  const journal = createRunJournal({
    store,
    async write(workspaceId, actor, { id, outcome }) {
      if (refusal) throw refusal
      written.push(`${workspaceId}: ${id.slice(-2)} ${outcome} by ${actor}`)
    },
    logger: { debug() {}, info() {}, error() {}, warn: (_about, message) => warned.push(message) },
  })
  const jobs = {
    statuses: async (ids: readonly string[]) =>
      new Map(
        ids.flatMap((id) => (statuses[id.slice(-2)] ? [[id, statuses[id.slice(-2)] as JobStatus]] : [])),
      ),
  }
  return {
    store,
    written,
    warned,
    refuse: (error: Error | null) => {
      refusal = error
    },
    catchUp: () => journal.catchUp(jobs),
    async add(made: number, outcome: RunReport['outcome'], differs: Partial<Run> = {}) {
      const run = keptRun(made, { workspaceId: 'w', ...differs })
      await store.insert(run)
      const endedAt = outcome === 'running' || outcome === 'waiting' ? null : '2030-01-01T00:00:00.000Z'
      await store.save(run.id, 1, { ...run.state, report: { ...run.state.report, outcome, endedAt } })
      return run
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}

it('tells once of every run that has ended, also of one whose job ended it; of none that goes on', async () => {
  await using at = await scene({
    '01': 'succeeded',
    '02': 'cancelled',
    '03': 'waiting_approval',
    '04': 'running',
  })
  await at.add(1, 'succeeded')
  await at.add(2, 'running')
  await at.add(3, 'waiting')
  await at.add(4, 'running')
  await at.add(5, 'failed', { workspaceId: null })
  await at.catchUp()
  await at.catchUp()
  expect(at.written).toEqual(['w: 01 succeeded by ada', 'w: 02 cancelled by ada'])
})

it('tries again what a workspace refused, complains once, and lets nothing else wait for it', async () => {
  await using at = await scene({ '01': 'succeeded' })
  const { id } = await at.add(1, 'succeeded')
  at.refuse(new ToolboxError('conflict', 'docs/TODO.yaml:3:1: tabs'))
  await at.catchUp()
  await at.catchUp()
  expect([at.written.length, at.warned.length]).toEqual([0, 1])
  expect((await at.store.get(id))?.journalRefusal).toBe('docs/TODO.yaml:3:1: tabs')
  at.refuse(new ToolboxError('unavailable', 'The files are read-only.'))
  await at.catchUp()
  expect((await at.store.get(id))?.journalRefusal).toBe('The files are read-only.')
  at.refuse(null)
  await at.catchUp()
  expect(at.written).toEqual(['w: 01 succeeded by ada'])
  expect(await at.store.get(id)).toMatchObject({ journalled: true, journalRefusal: null })
})

it('gives up on a workspace that was forgotten', async () => {
  await using at = await scene({ '01': 'succeeded' })
  const { id } = await at.add(1, 'succeeded')
  at.refuse(new ToolboxError('not_found', 'There is no workspace w.'))
  await at.catchUp()
  expect([at.warned, (await at.store.get(id))?.journalled]).toEqual([[], true])
})

it('finds those that have ended behind any number that wait', async () => {
  const waiting = Object.fromEntries(
    [...Array(100).keys()].map((n) => [String(n).padStart(2, '0'), 'waiting_approval']),
  )
  await using at = await scene(waiting as Record<string, JobStatus>)
  for (let made = 100; made < 225; made += 1) await at.add(made, 'waiting')
  await at.add(299, 'succeeded')
  await at.catchUp()
  expect(at.written).toEqual([expect.stringContaining('99 succeeded')])
})
