import { sql } from 'kysely'
import { containing } from '../adapters/sql/containing.ts'
import type { Database, Runs } from '../adapters/sql/database.ts'
import type { Lane } from '../adapters/sql/group-commit.ts'
import { type Statement, statement } from '../adapters/sql/statement.ts'
import type { AuditFilter, AuditStore, Link, StoredEntry } from './ports.ts'

const readEnds = statement<
  Record<never, never>,
  { seq: number; hash: string; startSeq: number; startHash: string }
>(
  {},
  `select seq as seq, hash as hash, start_seq as "startSeq", start_hash as "startHash" from audit_head where id = 1`,
)
const readHead = statement<Record<never, never>, Link>(
  {},
  'select seq as seq, hash as hash from audit_head where id = 1',
)
/** Locked, so that several processes write one chain. */
const takeHead: Statement<Record<never, never>, Link> = {
  ...readHead,
  postgres: `${readHead.postgres} for update`,
}
const moveHead = statement<Link>(
  { seq: 'bigint', hash: 'text' },
  'update audit_head set seq = $seq, hash = $hash where id = 1',
)
const insertEntry = statement<StoredEntry>(
  {
    seq: 'bigint',
    at: 'bigint',
    actorId: 'text',
    actorName: 'text',
    operation: 'text',
    outcome: 'text',
    jobId: 'text',
    body: 'text',
    hash: 'text',
  },
  `insert into audit_entries (seq, at, actor_id, actor_name, operation, outcome, job_id, body, hash)
   select $seq, $at, $actorId, $actorName, $operation, $outcome, $jobId, $body, $hash {rows}`,
)
const findAt = statement<{ seq: number }, { seq: number; at: number }>(
  { seq: 'bigint' },
  'select seq as seq, at as at from audit_entries where seq >= $seq order by seq limit 1',
)
const findLastBefore = statement<{ at: number }, Link>(
  { at: 'bigint' },
  `select seq as seq, hash as hash from audit_entries
   where seq > (select start_seq from audit_head where id = 1)
     and seq < coalesce(
       (select min(kept.seq) from audit_entries as kept
        where kept.at >= $at and kept.seq > (select start_seq from audit_head where id = 1)),
       (select seq + 1 from audit_head where id = 1))
   order by seq desc limit 1`,
)
const moveStart = statement<Link>(
  { seq: 'bigint', hash: 'text' },
  'update audit_head set start_seq = $seq, start_hash = $hash where id = 1',
)
const removeSome = statement<{ limit: number }, { seq: number }>(
  { limit: 'integer' },
  `delete from audit_entries where seq in (
     select seq from audit_entries
     where seq <= (select start_seq from audit_head where id = 1)
     order by seq limit $limit)
   returning seq as seq`,
)

const append: Lane<(previous: Link) => StoredEntry, void> = {
  order: 0,
  async apply(runs, seals) {
    const [head] = await runs.all(takeHead, {})
    if (!head) throw new Error('the audit log has lost its head row: restore a backup')
    let last: Link = head
    const entries = seals.map((seal) => {
      const entry = seal(last)
      last = entry
      return entry
    })
    await runs.bulk(insertEntry, entries)
    await runs.all(moveHead, { seq: last.seq, hash: last.hash })
    return seals.map(() => undefined)
  },
}

/** Rare writes take their turn in the same transactions. */
const retention: Lane<(runs: Runs) => Promise<number>, number> = {
  order: 0,
  async apply(runs, writes) {
    const answers: number[] = []
    for (const write of writes) answers.push(await write(runs))
    return answers
  },
}

export function createAuditStore(db: Database): AuditStore {
  return {
    append: (seal) => db.groupCommit.add(append, seal),

    async read(filter, { after, through, order, limit }) {
      return matching(db, filter)
        .select([
          'seq',
          'at',
          'actor_id as actorId',
          'actor_name as actorName',
          'operation',
          'outcome',
          'job_id as jobId',
          'body',
          'hash',
        ])
        .where('seq', '>', after)
        .where('seq', '<=', through)
        .orderBy('seq', order === 'oldest-first' ? 'asc' : 'desc')
        .limit(limit)
        .execute()
    },

    at: async (seq) => (await db.all(findAt, { seq }))[0] ?? null,

    async ends() {
      const [row] = await db.all(readEnds, {})
      if (!row) throw new Error('the audit log has lost its head row: restore a backup')
      return { start: { seq: row.startSeq, hash: row.startHash }, head: { seq: row.seq, hash: row.hash } }
    },

    lastBefore: async (at) => (await db.all(findLastBefore, { at }))[0] ?? null,

    async moveStart(start) {
      await db.groupCommit.add(retention, async (runs) => (await runs.all(moveStart, start)).length)
    },

    removeBeforeStart: (limit) =>
      db.groupCommit.add(retention, async (runs) => (await runs.all(removeSome, { limit })).length),
  }
}

function matching(db: Database, { actor, operation, outcome, jobId, since, until, q }: AuditFilter) {
  let query = db.query.selectFrom('audit_entries')
  if (actor !== undefined) {
    query = query.where((where) => where.or([where('actor_id', '=', actor), where('actor_name', '=', actor)]))
  }
  if (operation?.endsWith('.*')) {
    const prefix = operation.slice(0, -1)
    query = query.where(sql<boolean>`substr(operation, 1, ${prefix.length}) = ${prefix}`)
  } else if (operation !== undefined) query = query.where('operation', '=', operation)
  if (outcome !== undefined) query = query.where('outcome', '=', outcome)
  if (jobId !== undefined) query = query.where('job_id', '=', jobId)
  if (since !== undefined) query = query.where('at', '>=', since)
  if (until !== undefined) query = query.where('at', '<=', until)
  if (q !== undefined) query = query.where(sql<boolean>`lower(body) like lower(${containing(q)}) escape '\\'`)
  return query
}
