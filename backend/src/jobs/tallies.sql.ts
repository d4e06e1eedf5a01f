import type { Database, Runs } from '../adapters/sql/database.ts'
import { statement } from '../adapters/sql/statement.ts'
import type { JobTallies } from './ports.ts'
import { type BucketCount, type EndedJob, keptMs, minuteMs, type TallyKey, tallyOf } from './tallies.ts'

const addTallies = statement<TallyKey & { shard: number; jobs: number }>(
  {
    span: 'bigint',
    slot: 'bigint',
    toolkit: 'text',
    operation: 'text',
    status: 'text',
    bucket: 'integer',
    shard: 'integer',
    jobs: 'bigint',
  },
  `insert into job_tallies (span, slot, toolkit, operation, status, bucket, shard, jobs)
   select $span, $slot, $toolkit, $operation, $status, $bucket, $shard, $jobs {rows} where true
   on conflict (span, slot, toolkit, operation, status, bucket, shard)
   do update set jobs = job_tallies.jobs + excluded.jobs`,
)
const bySlot = statement<{ span: number; from: number }, BucketCount & { slot: number }>(
  { span: 'bigint', from: 'bigint' },
  `select slot, status, bucket, cast(sum(jobs) as bigint) as jobs from job_tallies
   where span = $span and slot >= $from group by slot, status, bucket`,
)
const byOperation = statement<
  { span: number; from: number },
  BucketCount & { toolkit: string; operation: string }
>(
  { span: 'bigint', from: 'bigint' },
  `select toolkit, operation, status, bucket, cast(sum(jobs) as bigint) as jobs from job_tallies
   where span = $span and slot >= $from group by toolkit, operation, status, bucket`,
)
const byStatus = statement<{ span: number; from: number }, { status: string; jobs: number }>(
  { span: 'bigint', from: 'bigint' },
  `select status, cast(sum(jobs) as bigint) as jobs from job_tallies
   where span = $span and slot >= $from group by status`,
)
const dropTallies = statement<{ span: number; before: number }>(
  { span: 'bigint', before: 'bigint' },
  'delete from job_tallies where span = $span and slot < $before',
)
const putSample = statement<{ at: number; queued: number; running: number; oldestMs: number }>(
  { at: 'bigint', queued: 'bigint', running: 'bigint', oldestMs: 'bigint' },
  `insert into queue_samples (at, queued, running, oldest_ms)
   select $at, $queued, $running, $oldestMs {rows} where true on conflict (at) do nothing`,
)
const readSamples = statement<
  { from: number; step: number },
  { slot: number; queued: number; running: number; oldestMs: number }
>(
  { from: 'bigint', step: 'bigint' },
  `select at - at % $step as slot, max(queued) as queued, max(running) as running, max(oldest_ms) as "oldestMs"
   from queue_samples where at >= $from group by 1 order by 1`,
)
const dropSamples = statement<{ before: number }>(
  { before: 'bigint' },
  'delete from queue_samples where at < $before',
)

const shards = 16

/** Processes that count into different rows don't wait for each other's commits. */
export function shardOf(writer: string): number {
  let hash = 0
  for (const character of writer) hash = (hash * 31 + character.charCodeAt(0)) % 2_147_483_647
  return hash % shards
}

/** Belongs into the transaction that ends the jobs. */
export async function tally(runs: Runs, shard: number, ended: readonly EndedJob[]): Promise<void> {
  if (ended.length === 0) return
  await runs.bulk(
    addTallies,
    tallyOf(ended).map((counted) => ({ ...counted, shard })),
  )
}

export function createJobTallies(db: Database): JobTallies {
  return {
    bySlot: (span, from) => db.all(bySlot, { span, from }),
    byOperation: (span, from) => db.all(byOperation, { span, from }),
    byStatus: (span, from) => db.all(byStatus, { span, from }),
    async sampleQueue({ at, ...sample }) {
      await db.all(putSample, { at: at - (at % minuteMs), ...sample })
    },
    queueSamples: (from, step) => db.all(readSamples, { from, step }),
    async prune(now) {
      for (const [span, kept] of Object.entries(keptMs)) {
        await db.all(dropTallies, { span: Number(span), before: now - kept })
      }
      await db.all(dropSamples, { before: now - Math.max(...Object.values(keptMs)) })
    },
  }
}
