import type { Library } from '@sre-toolbox/codex/library'
import type { RunReport } from '@sre-toolbox/contract/codex-runs'
import type { Database } from '../adapters/sql/database.ts'
import type { Executor, Jobs, Requester } from '../jobs/index.ts'
import { authorise } from '../kernel/authorise.ts'
import type { Caller } from '../kernel/caller.ts'
import type { Clock } from '../kernel/clock.ts'
import { ToolboxError } from '../kernel/errors.ts'
import type { Logger } from '../kernel/logger.ts'
import type { Operation } from '../kernel/operation.ts'
import type { Registry } from '../kernel/registry.ts'
import {
  createRunExecutor,
  createRunJournal,
  createRunOperations,
  createRuns,
  retireRuns,
  runsToolkit,
} from '../runbooks/index.ts'
import { createRunStore } from '../runbooks/store.sql.ts'
import type { RunAs } from '../toolkits/index.ts'
import type { HousekeepingTask } from './housekeeping.ts'

/** Wires runs of tasks to the jobs that carry them out and the runner that their steps go through. */
export function createRunningTasks(deps: {
  database: Database
  /** Runs what toolkits offer. */
  toolkits: Executor
  library: () => Library
  version: string
  publicUrl: string | null
  runAs: RunAs
  callerFor: (requester: Requester) => Promise<Caller>
  resolveSecret: (reference: string) => Promise<string>
  /** Adds a report to the journal of a workspace, unless it is there. */
  journal: (workspaceId: string, actor: string, report: RunReport) => Promise<void>
  /** Refuses a workspace that nobody registered. */
  requireWorkspace: (workspaceId: string) => Promise<unknown>
  archive: (pieces: AsyncIterable<string>) => Promise<void>
  clock: Clock
  logger: Logger
}): {
  /** Runs every job: those of runs here, all others in toolkits. */
  executor: Executor
  /** The jobs and the registry are made later: they know the executor and these operations. */
  operations(jobs: Jobs, registry: () => Registry): readonly Operation[]
  housekeeping(jobs: Jobs): readonly HousekeepingTask[]
} {
  const { database, callerFor, clock, logger } = deps
  const store = createRunStore(database)
  const library = {
    find(slug: string) {
      const { tasks, personas } = deps.library()
      const task = tasks.find((each) => each.slug === slug)
      const persona = personas.find((each) => each.slug === task?.persona)
      return task && persona ? { task, persona } : undefined
    },
    slugs: () => deps.library().tasks.map(({ slug }) => slug),
  }
  const journal = createRunJournal({ store, write: deps.journal, logger })
  let registry: (() => Registry) | null = null
  const require = (operationId: string, caller: Caller): void => {
    const operation = registry?.().find(operationId)
    if (!operation) throw new ToolboxError('not_found', `No operation is called ${operationId}.`)
    authorise(operation, caller)
  }
  const runs = createRunExecutor({
    store,
    library,
    runAs: deps.runAs,
    async resolveSecret(requester, reference) {
      // Who may put a secret may use one: nobody else learns what it is by way of a task.
      require('secrets.put', await callerFor(requester))
      return deps.resolveSecret(reference)
    },
    journal,
    clock,
    logger,
  })
  return {
    executor: {
      start: (work, reports) =>
        work.toolkit === runsToolkit ? runs.start(work, reports) : deps.toolkits.start(work, reports),
    },
    operations(jobs, find) {
      registry = find
      const { version, publicUrl } = deps
      return createRunOperations(
        createRuns({
          store,
          library,
          jobs,
          clock,
          version,
          toolbox: publicUrl ?? 'this Toolbox',
          requireWorkspace: deps.requireWorkspace,
          offers: (operationId) => find().find(operationId) !== undefined,
          authorise: require,
        }),
        library,
      )
    },
    housekeeping: (jobs) => [
      { name: 'journals of runs', everyMs: 15_000, run: () => journal.catchUp(jobs) },
      { name: 'runs', everyMs: 3_600_000, run: () => retireRuns({ store, archive: deps.archive, logger }) },
    ],
  }
}
