import { expect, it } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.ts'
import { createJobStore } from '../jobs/store.sql.ts'
import { retireRuns } from './retention.ts'
import { createRunStore } from './store.sql.ts'
import { keptRun } from './test/kept-run.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

eachDatabase((name, open) => {
  it(`archives a run whole once its job was removed, and only then removes it (${name})`, async () => {
    await using opened = await open()
    const store = createRunStore(opened.db)
    const jobs = createJobStore(opened.db, () => ({ operation: null, toolkit: null }))
    const [removed, kept] = [keptRun(1, { workspaceId: 'w' }), keptRun(2)]
    for (const run of [removed, kept]) {
      await jobs.insert({
        id: run.id,
        toolkit: 'codex',
        operation: 'runTask',
        toolkitVersion: '1.0.0',
        status: 'queued',
        priority: 0,
        requestedBy: { id: 'u', name: 'ada', token: null, tokenId: null },
        idempotencyKey: null,
        idempotent: true,
        timeoutMs: 1000,
        createdAt: run.createdAt,
        runAt: null,
        retryOf: null,
        scheduleId: null,
        input: {},
      })
      await store.insert(run)
    }
    const said = { step: 'list', question: 'Now?', answer: 'approved' as const, by: 'bob', comment: 'go' }
    await store.answer({ ...said, runId: removed.id, at: 0 })
    const lines: string[] = []
    const archive = async (pieces: AsyncIterable<string>) => {
      for await (const piece of pieces) lines.push(piece)
      expect(await store.get(removed.id)).not.toBeNull()
    }
    expect(await retireRuns({ store, archive, logger: silent })).toBe(0)

    await opened.db.query.deleteFrom('jobs').where('id', '=', removed.id).execute()
    const full = () => Promise.reject(new Error('the disk is full'))
    await expect(retireRuns({ store, archive: full, logger: silent })).rejects.toThrow('the disk is full')
    expect(await store.get(removed.id)).not.toBeNull()

    expect(await retireRuns({ store, archive, logger: silent })).toBe(1)
    const { taskDigest: _digest, ...state } = removed.state
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        id: removed.id,
        workspaceId: 'w',
        requestedBy: { id: 'u', name: 'ada' },
        confirmed: ['list'],
        journalled: false,
        journalRefusal: null,
        createdAt: '1970-01-01T00:00:00.001Z',
        ...JSON.parse(JSON.stringify(state)),
        approvals: [{ ...said, at: '1970-01-01T00:00:00.000Z' }],
      },
    ])
    expect(await Promise.all([removed.id, kept.id].map((id) => store.get(id)))).toMatchObject([
      null,
      { id: kept.id },
    ])
  })
})
