import { createChanges } from '../adapters/sql/changes.ts'
import type { Database } from '../adapters/sql/database.ts'
import { type ColumnType, statement } from '../adapters/sql/statement.ts'
import type { Tables } from '../adapters/sql/tables.ts'
import type { ListedRun, Run, RunAnswer, RunStore } from './ports.ts'

type RunRow = Tables['codex_runs']
type AnswerRow = Tables['codex_run_answers']
type ListedRow = Omit<RunRow, 'answers' | 'task_digest'>

const runColumns = {
  id: 'text',
  task: 'text',
  title: 'text',
  workspace_id: 'text',
  requested_by: 'text',
  requested_name: 'text',
  confirmed: 'text',
  created_at: 'bigint',
  attempt: 'integer',
  outcome: 'text',
  report: 'text',
  answers: 'text',
  task_digest: 'text',
  journalled: 'integer',
  journal_refusal: 'text',
} as const satisfies Record<keyof RunRow, ColumnType>
const names = Object.keys(runColumns) as (keyof RunRow)[]
const listed = names.filter((name) => name !== 'answers' && name !== 'task_digest') as (keyof ListedRow)[]

const insertRun = statement<RunRow>(
  runColumns,
  `insert into codex_runs (${names.join(', ')}) select ${names.map((name) => `$${name}`).join(', ')}
   {rows} where true on conflict do nothing`,
)
const selectRun = statement<{ id: string }, RunRow>(
  { id: 'text' },
  `select ${names.join(', ')} from codex_runs where id = $id`,
)
const saveRun = statement<Pick<RunRow, 'id' | 'attempt' | 'outcome' | 'report' | 'answers'>, { id: string }>(
  { id: 'text', attempt: 'integer', outcome: 'text', report: 'text', answers: 'text' },
  `update codex_runs set attempt = $attempt, outcome = $outcome, report = $report, answers = $answers
   where id = $id and attempt <= $attempt returning id as id`,
)
const answerColumns = {
  run_id: 'text',
  step: 'text',
  question: 'text',
  answer: 'text',
  answered_by: 'text',
  comment: 'text',
  answered_at: 'bigint',
} as const satisfies Record<keyof AnswerRow, ColumnType>
const answerNames = Object.keys(answerColumns)
const insertAnswer = statement<AnswerRow>(
  answerColumns,
  `insert into codex_run_answers (${answerNames.join(', ')}) select ${answerNames.map((name) => `$${name}`).join(', ')}
   {rows} where true on conflict do nothing`,
)
const selectAnswers = statement<{ runId: string }, AnswerRow>(
  { runId: 'text' },
  `select ${answerNames.join(', ')} from codex_run_answers where run_id = $runId order by answered_at`,
)
const markTold = statement<{ id: string }>(
  { id: 'text' },
  'update codex_runs set journalled = 1, journal_refusal = null where id = $id',
)
const markRefused = statement<{ id: string; reason: string }>(
  { id: 'text', reason: 'text' },
  'update codex_runs set journal_refusal = $reason where id = $id and journalled = 0',
)
const withoutJob = statement<{ limit: number }, { id: string }>(
  { limit: 'integer' },
  `select id from codex_runs where not exists (select 1 from jobs where jobs.id = codex_runs.id)
   order by id limit $limit`,
)

export function createRunStore(db: Database): RunStore {
  const change = createChanges(db)
  return {
    async insert(run) {
      await change((runs) => runs.all(insertRun, toRow(run)))
    },
    async get(id) {
      const [row] = await db.all(selectRun, { id })
      return row ? toRun(row) : null
    },
    async list({ task, workspaceId }, { cursor, limit }) {
      let query = db.query.selectFrom('codex_runs').select(listed).orderBy('id', 'desc').limit(limit)
      if (task !== undefined) query = query.where('task', '=', task)
      if (workspaceId !== undefined) query = query.where('workspace_id', '=', workspaceId)
      if (cursor !== undefined) query = query.where('id', '<', cursor)
      return (await query.execute()).map(toListed)
    },
    async save(id, attempt, { report, answers }) {
      const row = {
        id,
        attempt,
        outcome: report.outcome,
        report: JSON.stringify(report),
        answers: JSON.stringify(answers),
      }
      return (await change((runs) => runs.all(saveRun, row))).length > 0
    },
    async answer({ runId, by, at, ...rest }) {
      await change((runs) =>
        runs.all(insertAnswer, { ...rest, run_id: runId, answered_by: by, answered_at: at }),
      )
    },
    async answers(runId) {
      return (await db.all(selectAnswers, { runId })).map(toAnswer)
    },
    async untold(after, limit) {
      let query = db.query.selectFrom('codex_runs').select(listed).orderBy('id').limit(limit)
      query = query.where('workspace_id', 'is not', null).where('journalled', '=', 0)
      if (after !== undefined) query = query.where('id', '>', after)
      return (await query.execute()).map(toListed)
    },
    async told(id) {
      await change((runs) => runs.all(markTold, { id }))
    },
    async refused(id, reason) {
      await change((runs) => runs.all(markRefused, { id, reason }))
    },
    async jobless(limit) {
      return (await db.all(withoutJob, { limit })).map(({ id }) => id)
    },
    async delete(ids) {
      await db.query.transaction().execute(async (trx) => {
        await trx.deleteFrom('codex_run_answers').where('run_id', 'in', ids).execute()
        await trx.deleteFrom('codex_runs').where('id', 'in', ids).execute()
      })
    },
  }
}

function toRow({
  id,
  workspaceId,
  requestedBy,
  confirmed,
  createdAt,
  journalled,
  journalRefusal,
  state,
}: Run): RunRow {
  const { report, answers, taskDigest } = state
  return {
    id,
    task: report.task,
    title: report.title,
    workspace_id: workspaceId,
    requested_by: requestedBy.id,
    requested_name: requestedBy.name,
    confirmed: JSON.stringify(confirmed),
    created_at: createdAt,
    attempt: 0,
    outcome: report.outcome,
    report: JSON.stringify(report),
    answers: JSON.stringify(answers),
    task_digest: taskDigest,
    journalled: journalled ? 1 : 0,
    journal_refusal: journalRefusal,
  }
}

function toListed(row: ListedRow): ListedRun {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    requestedBy: { id: row.requested_by, name: row.requested_name },
    confirmed: JSON.parse(row.confirmed),
    createdAt: Number(row.created_at),
    journalled: row.journalled === 1,
    journalRefusal: row.journal_refusal,
    report: JSON.parse(row.report),
  }
}

function toRun(row: RunRow): Run {
  const { report, ...run } = toListed(row)
  return { ...run, state: { report, answers: JSON.parse(row.answers), taskDigest: row.task_digest } }
}

function toAnswer({
  run_id,
  step,
  question,
  answer,
  answered_by,
  comment,
  answered_at,
}: AnswerRow): RunAnswer {
  return {
    runId: run_id,
    step,
    question,
    answer: answer as RunAnswer['answer'],
    by: answered_by,
    comment,
    at: Number(answered_at),
  }
}
