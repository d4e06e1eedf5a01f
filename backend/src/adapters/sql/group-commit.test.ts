import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryDatabase, testDatabaseUrl } from '../../../../test/support/services.ts'
import { temporaryDirectory } from '../../../../test/support/temporary.ts'
import type { Database } from './database.ts'
import { inRounds, type Lane } from './group-commit.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'
import { statement } from './statement.ts'

const insert = statement<{ id: string; at: number }, { id: string }>(
  { id: 'text', at: 'bigint' },
  `insert into workers (id, description, started_at, heartbeat_at, lease_ms)
   select $id, 'it''s', $at, $at, 0 {rows} where true returning id`,
)
const count = statement<Record<string, never>, { n: number }>({}, 'select count(*) as n from workers')

function describeGroupCommit(name: string, open: () => Promise<{ db: Database } & AsyncDisposable>) {
  describe(`group commit on ${name}`, () => {
    let opened: { db: Database } & AsyncDisposable
    let batches: number[]
    const lane: Lane<string, string> = {
      order: 1,
      async apply(runs, ids) {
        batches.push(ids.length)
        await runs.bulk(
          insert,
          ids.map((id) => ({ id, at: 1 })),
        )
        return ids.map((id) => `${id} stored`)
      },
    }
    const rows = async () => Number((await opened.db.all(count, {}))[0]?.n)

    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened[Symbol.asyncDispose]())

    it('gathers the writes of one turn into one transaction and answers each', async () => {
      batches = []
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, index) => opened.db.groupCommit.add(lane, `a${index}`)),
      )
      expect(batches).toEqual([100])
      expect(answers[7]).toBe('a7 stored')
      expect(await rows()).toBe(100)
    })

    it('refuses one bad write without taking the others with it', async () => {
      const before = await rows()
      const answers = await Promise.allSettled(
        ['b1', 'a1', 'b2'].map((id) => opened.db.groupCommit.add(lane, id)),
      )
      expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(await rows()).toBe(before + 2)
    })

    it('stores what was added together as a whole or not at all, however much comes at once', async () => {
      const before = await rows()
      const add = (id: string) => opened.db.groupCommit.add(lane, id)
      const pair = (one: string, two: string) =>
        opened.db.groupCommit.together(() => Promise.allSettled([add(one), add(two)]))
      const statuses = async (both: ReturnType<typeof pair>) => (await both).map(({ status }) => status)
      const [good, bad] = [pair('c1', 'c2'), pair('c3', 'a1')]
      expect(await statuses(good)).toEqual(['fulfilled', 'fulfilled'])
      expect(await statuses(bad)).toEqual(['rejected', 'rejected'])
      expect(await rows()).toBe(before + 2)

      batches = []
      const many = Array.from({ length: 1999 }, (_, index) => add(`d${index}`))
      await Promise.all([...many, pair('d-one', 'd-two'), add('d-last')])
      expect(batches).toEqual([2001, 1])
    })
  })
}

describeGroupCommit('SQLite', async () => {
  const directory = await temporaryDirectory()
  const db = await openSqlite(join(directory.path, 'toolbox.db'))
  return {
    db,
    [Symbol.asyncDispose]: async () => {
      await db.close()
      await directory[Symbol.asyncDispose]()
    },
  }
})
describe.skipIf(!testDatabaseUrl())('with PostgreSQL', () => {
  describeGroupCommit('PostgreSQL', async () => {
    const database = await temporaryDatabase()
    const db = await openPostgres(database.url)
    return {
      db,
      [Symbol.asyncDispose]: async () => {
        await db.close()
        await database[Symbol.asyncDispose]()
      },
    }
  })
})

describe('inRounds', () => {
  it('keeps the order of items that share a key, each in a round of its own', () => {
    expect(inRounds(['a1', 'b1', 'a2', 'a3', 'b2'], ([key]) => key ?? '')).toEqual([
      ['a1', 'b1'],
      ['a2', 'b2'],
      ['a3'],
    ])
  })
})
