import type { Database, Runs } from './database.ts'
import type { Lane } from './group-commit.ts'

/** A change of a few statements; it must do nothing but write, since it is run again when another one fails. */
type Change = (runs: Runs) => Promise<unknown>

const changes: Lane<Change, unknown> = {
  order: 50,
  async apply(runs, items) {
    const answers: unknown[] = []
    for (const change of items) answers.push(await change(runs))
    return answers
  },
}

/** For writes that are not hot and yet share the transactions of those that are. */
export function createChanges(db: Database) {
  return <Answer>(work: (runs: Runs) => Promise<Answer>): Promise<Answer> =>
    db.groupCommit.add(changes, work) as Promise<Answer>
}
