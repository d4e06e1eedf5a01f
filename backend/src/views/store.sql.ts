import type { Database, Runs } from '../adapters/sql/database.ts'
import type { Lane } from '../adapters/sql/group-commit.ts'
import { statement } from '../adapters/sql/statement.ts'
import type { StoredView, ViewStore } from './ports.ts'

const columns = 'id as id, list as list, name as name, query as query, changed_at as "changedAt"'

const selectAll = statement<{ userId: string }, StoredView>(
  { userId: 'text' },
  `select ${columns} from saved_views where user_id = $userId order by list, name`,
)
/** Nothing returns when the user has so many already. */
const upsert = statement<StoredView & { userId: string; most: number }, StoredView>(
  {
    userId: 'text',
    id: 'text',
    list: 'text',
    name: 'text',
    query: 'text',
    changedAt: 'bigint',
    most: 'integer',
  },
  `insert into saved_views (user_id, id, list, name, query, changed_at)
   select $userId, $id, $list, $name, $query, $changedAt
   where (select count(*) from saved_views where user_id = $userId and not (list = $list and name = $name)) < $most
   on conflict (user_id, list, name) do update set query = $query, changed_at = $changedAt
   returning ${columns}`,
)
const deleteOne = statement<{ userId: string; viewId: string }, { id: string }>(
  { userId: 'text', viewId: 'text' },
  'delete from saved_views where id = $viewId and user_id = $userId returning id as id',
)

type Change = (runs: Runs) => Promise<unknown>
const changes: Lane<Change, unknown> = {
  order: 50,
  async apply(runs, items) {
    const answers: unknown[] = []
    for (const change of items) answers.push(await change(runs))
    return answers
  },
}

export function createViewStore(db: Database): ViewStore {
  const change = <Answer>(work: (runs: Runs) => Promise<Answer>): Promise<Answer> =>
    db.groupCommit.add(changes, work) as Promise<Answer>

  return {
    of: (userId) => db.all(selectAll, { userId }),
    put: (userId, view, most) =>
      change(async (runs) => (await runs.all(upsert, { userId, most, ...view }))[0] ?? null),
    remove: (userId, viewId) =>
      change(async (runs) => (await runs.all(deleteOne, { userId, viewId })).length > 0),
  }
}
