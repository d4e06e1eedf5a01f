import { containing } from '../adapters/sql/containing.ts'
import type { Database } from '../adapters/sql/database.ts'
import { type ColumnType, type Statement, statement } from '../adapters/sql/statement.ts'
import type { Job } from './job.ts'
import type { JobFilter } from './ports.ts'
import { type JobRow, jobColumns, toJob } from './row.sql.ts'

/**
 * One filter of a page is read by its index. Where others narrow it further, a page looks at so many rows, then says
 * where it stopped: no combination is slower than that.
 */
const usualWindow = 20_000

interface ListParams {
  toolkit: string
  operation: string
  status: string
  requester: string
  schedule: string
  alsoToolkit: string
  alsoStatus: string
  alsoRequester: string
  from: string
  to: string
  cursor: string
  boundary: string
  endedFrom: number
  endedTo: number
  pattern: string
  limit: number
}

const conditions: readonly (readonly [keyof ListParams, string])[] = [
  ['toolkit', 'toolkit = $toolkit'],
  ['operation', 'operation = $operation'],
  ['status', 'status = $status'],
  ['requester', 'requested_by = $requester'],
  ['schedule', 'schedule_id = $schedule'],
  // Written so that no index is tempted.
  ['alsoToolkit', "toolkit || '' = $alsoToolkit"],
  ['alsoStatus', "status || '' = $alsoStatus"],
  ['alsoRequester', "requested_by || '' = $alsoRequester"],
  ['from', 'id >= $from'],
  ['to', 'id < $to'],
  ['cursor', 'id < $cursor'],
  ['boundary', 'id >= $boundary'],
  ['endedFrom', 'ended_at >= $endedFrom'],
  ['endedTo', 'ended_at < $endedTo'],
  [
    'pattern',
    `lower(id || ' ' || toolkit || '.' || operation || ' ' || requested_name || ' ' || coalesce(error_message, ''))
      like lower($pattern) escape '\\'`,
  ],
]

/**
 * Pages by id: ids are made in the order of time, so every page costs the same however many jobs there are, and a
 * time range is a range of ids.
 */
export function createJobList(db: Database, searchWindow = usualWindow) {
  const ended = createEndedJobs()
  const rows = memoised((columns: Record<string, ColumnType>, where: string) =>
    statement<Partial<ListParams>, JobRow>(
      columns as Record<keyof ListParams, ColumnType>,
      `select ${jobColumns} from jobs ${where} order by id desc limit $limit`,
    ),
  )
  const ids = memoised((columns: Record<string, ColumnType>, where: string) =>
    statement<Partial<ListParams>, { id: string }>(
      columns as Record<keyof ListParams, ColumnType>,
      `select id from jobs ${where} order by id desc limit $limit`,
    ),
  )
  const skip = memoised((columns: Record<string, ColumnType>, where: string) =>
    statement<Partial<ListParams>, { id: string }>(
      columns as Record<keyof ListParams, ColumnType>,
      `select id from jobs ${where} order by id desc limit 1 offset $limit`,
    ),
  )

  async function page(filter: JobFilter, status: string | undefined, cursor: string | null, limit: number) {
    const range: Partial<ListParams> = {}
    if (filter.since !== undefined) range.from = firstIdAt(filter.since)
    // A job is made before it ends.
    const until = Math.min(
      filter.until ?? Number.POSITIVE_INFINITY,
      filter.endedUntil ?? Number.POSITIVE_INFINITY,
    )
    if (Number.isFinite(until)) range.to = firstIdAt(until)
    if (cursor !== null) range.cursor = cursor

    const { leading, narrowing } = divide(filter, status)
    let boundary: string | null = null
    if (Object.keys(narrowing).length > 0) {
      const window = { ...range, ...leading, limit: searchWindow }
      boundary = (await db.all(skip(window), window))[0]?.id ?? null
      if (boundary !== null) range.boundary = boundary
    }
    return { jobs: await read({ ...range, ...leading, ...narrowing, limit: limit + 1 }), boundary }
  }

  /** Most pages are asked for again and again, and mostly show jobs that have ended. */
  async function read(params: Partial<ListParams>): Promise<Job[]> {
    const known = (await db.all(ids(params), params)).map(({ id }) => ended.get(id))
    if (known.every((job) => job !== undefined)) return known
    const jobs = (await db.all(rows(params), params)).map(toJob)
    ended.remember(jobs)
    return jobs
  }

  return async function list(
    filter: JobFilter,
    { cursor, limit }: { cursor: string | null; limit: number },
  ): Promise<{ jobs: Job[]; cursor: string | null }> {
    // Each status is read by its own index and merged; `in (…)` would sort all rows that match.
    const statuses = filter.status?.length ? [...new Set(filter.status)] : [undefined]
    const pages = await Promise.all(statuses.map((status) => page(filter, status, cursor, limit)))
    // Below the nearest place where a search stopped, one status was looked at and another was not.
    const stopped =
      pages
        .flatMap(({ boundary }) => boundary ?? [])
        .sort()
        .at(-1) ?? null
    const found = pages
      .flatMap(({ jobs }) => jobs)
      .filter(({ id }) => stopped === null || id >= stopped)
      .sort((a, b) => (a.id < b.id ? 1 : -1))
    if (found.length <= limit) return { jobs: found, cursor: stopped }
    const jobs = found.slice(0, limit)
    return { jobs, cursor: jobs.at(-1)?.id ?? null }
  }
}

/** The filter that an index answers, the one with the fewest rows first; and those that narrow what it finds. */
function divide(
  { scheduleId, requestedBy, toolkit, operation, endedSince, endedUntil, q }: JobFilter,
  status: string | undefined,
): { leading: Partial<ListParams>; narrowing: Partial<ListParams> } {
  const leading: Partial<ListParams> = {}
  const narrowing: Partial<ListParams> = {}
  if (scheduleId !== undefined) leading.schedule = scheduleId
  if (requestedBy !== undefined) {
    if (Object.keys(leading).length === 0) leading.requester = requestedBy
    else narrowing.alsoRequester = requestedBy
  }
  if (toolkit !== undefined) {
    if (Object.keys(leading).length === 0) leading.toolkit = toolkit
    else narrowing.alsoToolkit = toolkit
  }
  if (status !== undefined) {
    if (Object.keys(leading).length === 0) leading.status = status
    else narrowing.alsoStatus = status
  }
  if (operation !== undefined) narrowing.operation = operation
  if (endedSince !== undefined) narrowing.endedFrom = endedSince
  if (endedUntil !== undefined) narrowing.endedTo = endedUntil
  if (q !== undefined) narrowing.pattern = containing(q)
  return { leading, narrowing }
}

/** The statement for a set of parameters, made once for every combination of filters in use. */
function memoised<S extends Statement<Partial<ListParams>, unknown>>(
  make: (columns: Record<string, ColumnType>, where: string) => S,
) {
  const made = new Map<string, S>()
  return (params: Partial<ListParams>): S => {
    const used = conditions.filter(([name]) => params[name] !== undefined)
    const key = used.map(([name]) => name).join()
    let found = made.get(key)
    if (!found) {
      const columns: Record<string, ColumnType> = { limit: 'integer' }
      for (const [name] of used) columns[name] = name.startsWith('ended') ? 'bigint' : 'text'
      found = make(columns, used.length ? `where ${used.map(([, text]) => text).join(' and ')}` : '')
      made.set(key, found)
    }
    return found
  }
}

/** Jobs that have ended never change, so they are kept for the next page that shows them. */
function createEndedJobs(most = 5000) {
  const byId = new Map<string, Job>()
  return {
    get: (id: string) => byId.get(id),
    remember(jobs: readonly Job[]) {
      for (const job of jobs) if (job.endedAt !== null) byId.set(job.id, job)
      for (const oldest of byId.keys()) {
        if (byId.size <= most) return
        byId.delete(oldest)
      }
    },
  }
}

/** The smallest UUIDv7 of a millisecond. */
export function firstIdAt(milliseconds: number): string {
  const time = Math.max(0, milliseconds).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
}
