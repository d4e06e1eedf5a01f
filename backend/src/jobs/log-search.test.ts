import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startToolbox, type Toolbox } from '../../../test/support/toolbox.ts'
import { openSqlite } from '../adapters/sql/sqlite.ts'

interface Page {
  items: { seq: number; text: string }[]
  nextCursor: string | null
  total: number
}

const lines = 50_000

describe('a search in a log that is longer than one look', { timeout: 20_000 }, () => {
  let toolbox: Toolbox
  let path: string

  beforeAll(async () => {
    toolbox = await startToolbox({ settings: { LOG_LEVEL: 'error' } })
    const body = { toolkit: 'latency-sleuth', operation: 'probe', input: { url: 'http://127.0.0.1:1/' } }
    const { job } = await toolbox.api.ask<{ job: { id: string } }>('POST', '/api/jobs', {
      body: { ...body, runAt: '2099-01-01T00:00:00.000Z' },
    })
    path = `/api/jobs/${job.id}/logs`
    const db = await openSqlite(`${toolbox.dataDirectory}/toolbox.db`)
    await db.query
      .updateTable('jobs')
      .set({ log_lines: lines, status: 'failed', ended_at: 1 })
      .where('id', '=', job.id)
      .execute()
    for (let from = 1; from <= lines; from += 5000) {
      await db.query
        .insertInto('job_logs')
        .values(
          Array.from({ length: 5000 }, (_, index) => {
            const seq = from + index
            const text = seq === 30_001 ? 'a Needle' : 'hay'
            return { job_id: job.id, seq, at: 1, attempt: 1, level: seq === 45_000 ? 3 : 1, text }
          }),
        )
        .execute()
    }
    await db.close()
  })
  afterAll(() => toolbox[Symbol.asyncDispose]())

  const read = (query: string) => toolbox.api.ask<Page>('GET', `${path}?${query}`)

  /** All pages of a window, forwards or backwards. */
  async function readAll(query: string, direction: 'after' | 'before', from: number) {
    const found: number[] = []
    const cursors: (string | null)[] = []
    for (let cursor: string | null = String(from); cursor !== null; cursor = cursors.at(-1) ?? null) {
      const page: Page = await read(`${query}&${direction}=${cursor}`)
      found.push(...page.items.map(({ seq }) => seq))
      cursors.push(page.nextCursor)
    }
    return { found, cursors }
  }

  it('looks at 20,000 lines, and says from where to go on though nothing fitted', async () => {
    expect(await read('q=needle')).toEqual({ items: [], nextCursor: '20000', total: lines })
    expect(await readAll('q=needle', 'after', 0)).toEqual({
      found: [30_001],
      cursors: ['20000', '40000', null],
    })
  })

  it('does so for levels, and backwards', async () => {
    expect((await readAll('level=error', 'after', 0)).found).toEqual([45_000])
    expect(await readAll('q=needle', 'before', lines + 1)).toEqual({
      found: [30_001],
      cursors: ['30001', '10001', null],
    })
  })

  it('goes on after the last line of a full page', async () => {
    const page = await read('q=hay&limit=10')
    expect(page.items).toHaveLength(10)
    expect(page.nextCursor).toBe('10')
  })

  it('reads without a filter as far as it is asked to', async () => {
    expect(await read('after=49999')).toMatchObject({ items: [{ seq: 50_000 }], nextCursor: null })
  })
})
