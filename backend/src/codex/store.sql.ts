import type { Database, Runs } from '../adapters/sql/database.ts'
import type { Lane } from '../adapters/sql/group-commit.ts'
import { statement } from '../adapters/sql/statement.ts'
import type { RegisteredWorkspace, WorkspaceStore } from './ports.ts'

interface Row {
  id: string
  name: string
  directory: string
  addedBy: string | null
  addedByName: string
  addedAt: number
}

const columns = `id as id, name as name, directory as directory, added_by as "addedBy",
  added_by_name as "addedByName", added_at as "addedAt"`
const selectAll = statement<Record<never, never>, Row>(
  {},
  `select ${columns} from codex_workspaces order by name, id`,
)
const selectOne = statement<{ id: string }, Row>(
  { id: 'text' },
  `select ${columns} from codex_workspaces where id = $id`,
)
const insert = statement<Row, { id: string }>(
  { id: 'text', name: 'text', directory: 'text', addedBy: 'text', addedByName: 'text', addedAt: 'bigint' },
  `insert into codex_workspaces (id, name, directory, added_by, added_by_name, added_at)
   values ($id, $name, $directory, $addedBy, $addedByName, $addedAt)
   on conflict do nothing returning id as id`,
)
const deleteOne = statement<{ id: string }, { id: string }>(
  { id: 'text' },
  'delete from codex_workspaces where id = $id returning id as id',
)

type Change = (runs: Runs) => Promise<boolean>
const changes: Lane<Change, boolean> = {
  order: 80,
  async apply(runs, items) {
    const answers: boolean[] = []
    for (const change of items) answers.push(await change(runs))
    return answers
  },
}

export function createWorkspaceStore(db: Database): WorkspaceStore {
  return {
    list: async () => (await db.all(selectAll, {})).map(toWorkspace),
    async find(id) {
      const [row] = await db.all(selectOne, { id })
      return row ? toWorkspace(row) : null
    },
    add: ({ addedBy, ...workspace }) =>
      db.groupCommit.add(changes, async (runs) => {
        const row = { ...workspace, addedBy: addedBy.id, addedByName: addedBy.name }
        return (await runs.all(insert, row)).length > 0
      }),
    remove: (id) =>
      db.groupCommit.add(changes, async (runs) => (await runs.all(deleteOne, { id })).length > 0),
  }
}

function toWorkspace({ addedBy, addedByName, addedAt, ...row }: Row): RegisteredWorkspace {
  return { ...row, addedBy: { id: addedBy, name: addedByName }, addedAt: Number(addedAt) }
}
