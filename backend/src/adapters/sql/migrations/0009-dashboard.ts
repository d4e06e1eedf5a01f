import type { Migration } from '../migrate.ts'

const hourMs = 3_600_000
const minuteMs = 60_000

/** How the jobs that have ended so far are counted: all of them, and those of the last days over time. */
export function tallyAll(dialect: 'sqlite' | 'postgres'): readonly string[] {
  const now =
    dialect === 'sqlite'
      ? `cast(strftime('%s', 'now') as integer) * 1000`
      : 'cast(extract(epoch from now()) * 1000 as bigint)'
  const log2 = (value: string) =>
    dialect === 'sqlite' ? `log2(${value})` : `log(2.0, cast(${value} as numeric))`
  const ran = 'ended_at - started_at'
  const bucket = `case when status not in ('succeeded', 'failed') or started_at is null then -1
    when ${ran} < 1 then 0 else cast(floor(4 * ${log2(ran)}) as integer) end`
  const overTime = (span: number, keptMs: number) =>
    `insert into job_tallies (span, slot, toolkit, operation, status, bucket, shard, jobs)
     select ${span}, slot, toolkit, operation, status, bucket, 0, count(*) from (
       select ended_at - ended_at % ${span} as slot, toolkit, operation, status, ${bucket} as bucket
       from jobs where ended_at >= ${now} - ${keptMs}) as ended
     group by slot, toolkit, operation, status, bucket`
  return [
    `insert into job_tallies (span, slot, toolkit, operation, status, bucket, shard, jobs)
     select 0, 0, '', '', status, -1, 0, count(*) from jobs where ended_at is not null group by status`,
    overTime(minuteMs, 2 * hourMs),
    overTime(hourMs, 192 * hourMs),
  ]
}

export const dashboard: Migration = {
  name: '0009-dashboard',
  up: (dialect) => {
    const clustered = dialect === 'sqlite' ? ' without rowid' : ''
    return [
      `create table job_tallies (
        span bigint not null,
        slot bigint not null,
        toolkit text not null,
        operation text not null,
        status text not null,
        bucket integer not null,
        shard integer not null,
        jobs bigint not null,
        primary key (span, slot, toolkit, operation, status, bucket, shard)
      )${clustered}`,
      `create table queue_samples (
        at bigint primary key,
        queued bigint not null,
        running bigint not null,
        oldest_ms bigint not null
      )`,
      ...tallyAll(dialect),
    ]
  },
}
