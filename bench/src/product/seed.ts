import { join } from 'node:path'
import Database from 'better-sqlite3'
import { tallyAll } from '../../../backend/src/adapters/sql/migrations/0009-dashboard.ts'
import type { Stage } from '../stage.ts'
import { type Api, openApi, startServer } from './server.ts'

const BETWEEN_JOBS_MS = 20
/** A million jobs fill the hours before now. */
const FIRST_JOB_AT = Date.now() - 6 * 3_600_000

/** A time with half of the seeded jobs before it. */
export function seededMiddle(jobs: number): string {
  return new Date(FIRST_JOB_AT + Math.floor(jobs / 2) * BETWEEN_JOBS_MS).toISOString()
}

export interface SeededServer {
  port: number
  api: Api
}

/** A running server whose history holds so many ended jobs, one in twenty failed. */
export async function startSeededServer(stage: Stage, jobs: number): Promise<SeededServer> {
  const directory = stage.tempDir()
  const { service, password } = await startServer(stage, directory)
  await service.stop()
  seedJobs(directory, jobs)
  const { port } = await startServer(stage, directory)
  return { port, api: await openApi({ port, password }) }
}

/** Writes the rows that a list reads straight into the database file of a server that does not run. */
function seedJobs(dataDirectory: string, jobs: number): void {
  const database = new Database(join(dataDirectory, 'toolbox.db'), { fileMustExist: true })
  try {
    database
      .prepare(
        `with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n + 1 < $jobs),
        made as (
          select n, $firstAt + n * $step as at, printf('%012x', $firstAt + n * $step) as time,
            case when n % 20 = 0 then 'failed' else 'succeeded' end as status from numbers
        )
        insert into jobs (id, toolkit, operation, toolkit_version, status, priority, revision, requested_by,
          requested_name, idempotent, timeout_ms, created_at, started_at, ended_at, attempt, attempt_started_at,
          fence, log_lines, error_code, error_message)
        select substr(time, 1, 8) || '-' || substr(time, 9) || '-7000-8000-' || printf('%012x', n),
          'bench-noop', case when n % 2 then 'noop' else 'startedAt' end, '1.0.0', status, 0, 3,
          '01970000-0000-7000-8000-000000000000', 'admin', 1, 60000, at, at + 2, at + 5, 1, at + 2, 1, 1,
          iif(status = 'failed', 'operation_failed', null), iif(status = 'failed', 'The probe got no answer.', null)
        from made`,
      )
      .run({ jobs, firstAt: FIRST_JOB_AT, step: BETWEEN_JOBS_MS })
    database.exec('delete from job_tallies')
    for (const text of tallyAll('sqlite')) database.exec(text)
    database.pragma('wal_checkpoint(truncate)')
  } finally {
    database.close()
  }
}
