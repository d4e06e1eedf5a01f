import { expect, it } from 'vitest'
import { openTemporarySqlite } from '../../../test/support/databases.ts'
import { createIds } from '../kernel/ids.ts'
import { createJobList } from './list.sql.ts'
import { createJobStore } from './store.sql.ts'

it('shows every match once when a search goes on page by page, in several statuses', async () => {
  await using opened = await openTemporarySqlite()
  const store = createJobStore(opened.db, () => ({ operation: null, toolkit: null }))
  const ids = createIds({ now: () => 1 })
  const made = (index: number, operation: string) => ({
    id: ids(),
    toolkit: 'demo',
    operation,
    toolkitVersion: '1.0.0',
    status: index % 4 === 0 ? ('scheduled' as const) : ('queued' as const),
    priority: 0,
    requestedBy: { id: 'user-1', name: 'ada', token: null, tokenId: null },
    idempotencyKey: null,
    idempotent: true,
    timeoutMs: 1000,
    createdAt: 1,
    runAt: null,
    retryOf: null,
    scheduleId: null,
    input: {},
  })
  const wanted: string[] = []
  for (let index = 0; index < 60; index++) {
    const job = made(index, index % 3 === 0 ? 'wanted' : 'other')
    if (index % 3 === 0) wanted.unshift(job.id)
    await store.insert(job)
  }

  const list = createJobList(opened.db, 7)
  const found: string[] = []
  let cursor: string | null = null
  do {
    const page = await list({ q: 'wanted', status: ['queued', 'scheduled'] }, { cursor, limit: 4 })
    found.push(...page.jobs.map(({ id }) => id))
    cursor = page.cursor
  } while (cursor)
  expect(found).toEqual(wanted)
})
