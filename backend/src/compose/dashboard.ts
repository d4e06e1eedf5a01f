import type { Database } from '../adapters/sql/database.ts'
import { createDashboard, createDashboardOperations } from '../dashboard/index.ts'
import type { CardSource, PausedSchedule } from '../dashboard/ports.ts'
import type { Jobs } from '../jobs/index.ts'
import { createJobTallies } from '../jobs/tallies.sql.ts'
import { authorise } from '../kernel/authorise.ts'
import { type Caller, systemCaller } from '../kernel/caller.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Ids } from '../kernel/ids.ts'
import type { Logger } from '../kernel/logger.ts'
import type { Operation } from '../kernel/operation.ts'
import type { Runner } from '../kernel/run-operation.ts'
import type { Toolkits } from '../toolkits/index.ts'
import { createHousekeeping } from './housekeeping.ts'

/** A toolkit's card that takes longer shows as failed. */
const cardMs = 10_000

export interface DashboardPart {
  readonly operations: readonly Operation[]
  start(): void
  stop(): Promise<void>
}

/** Wires the dashboard to the toolkits' operations, which it calls for its cards, and keeps its counts. */
export function composeDashboard(deps: {
  database: Database
  jobs: Jobs
  toolkits: Toolkits
  pausedSchedules: () => Promise<readonly PausedSchedule[]>
  /** The runner may be made later than the dashboard. */
  run: Runner['run']
  clock: Clock
  ids: Ids
  logger: Logger
}): DashboardPart {
  const { jobs, toolkits, clock, ids, logger } = deps
  const tallies = createJobTallies(deps.database)
  const dashboard = createDashboard({
    jobs,
    tallies,
    toolkits: {
      summaries: toolkits.summaries,
      cards: () => toolkits.all.filter(({ slug }) => toolkits.isEnabled(slug)).flatMap(cardsOf),
    },
    pausedSchedules: deps.pausedSchedules,
    cardOperations: {
      may: (operation, caller) => mayCall(toolkits.toolkitOperation(operation), caller),
      async call(operation) {
        const signal = AbortSignal.timeout(cardMs)
        const request = { caller: systemCaller('dashboard'), requestId: ids(), signal }
        return (await deps.run(operation, {}, request)).output
      },
    },
    clock,
  })
  // Apart from other housekeeping: a long task there must leave no gap in what is kept here.
  const { start, stop } = createHousekeeping({
    tasks: [
      { name: 'queue samples', everyMs: 60_000, run: dashboard.sample },
      { name: 'counts', everyMs: 3_600_000, run: () => tallies.prune(clock.now()) },
    ],
    logger,
  })
  return { operations: createDashboardOperations(dashboard), start, stop }
}

function cardsOf({ slug, manifest }: Toolkits['all'][number]): CardSource[] {
  return (manifest.dashboardCards ?? []).map(({ id, title, operation }) => ({
    toolkit: slug,
    toolkitName: manifest.name,
    card: id,
    title,
    operation: `${slug}.${operation}`,
  }))
}

function mayCall(operation: Operation | undefined, caller: Caller): boolean {
  if (!operation) return false
  try {
    authorise(operation, caller)
    return true
  } catch {
    return false
  }
}
