import type { Kysely } from 'kysely'
import type { GroupCommit } from './group-commit.ts'
import type { Statement } from './statement.ts'
import type { Tables } from './tables.ts'

export type Dialect = 'sqlite' | 'postgres'

/** Runs prepared statements on one connection. */
export interface Runs {
  /** Runs for one set of parameters. */
  all<Params extends object, Row>(statement: Statement<Params, Row>, params: Params): Promise<Row[]>
  /** Runs for many sets; returned rows come in no order that callers may rely on. */
  bulk<Params extends object, Row>(statement: Statement<Params, Row>, rows: readonly Params[]): Promise<Row[]>
}

export interface Database extends Runs {
  readonly dialect: Dialect
  /** For everything that is not hot. */
  readonly query: Kysely<Tables>
  readonly groupCommit: GroupCommit
  /** Null when writes are durable; otherwise what is wrong, for `/readyz`. */
  fault(): Promise<string | null>
  close(): Promise<void>
}

/** Opens one transaction at a time; what rejects inside is rolled back. */
export type Transact = <T>(work: (runs: Runs) => Promise<T>) => Promise<T>
