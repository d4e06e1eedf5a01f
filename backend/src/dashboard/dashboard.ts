import type { OutputOf } from '@sre-toolbox/contract'
import type { DashboardRange, getDashboard, OperationUse } from '@sre-toolbox/contract/dashboard'
import {
  type BucketCount,
  hourMs,
  type Jobs,
  type JobTallies,
  minuteMs,
  summarise,
  toSummary,
} from '../jobs/index.ts'
import type { Caller } from '../kernel/caller.ts'
import { type Clock, toInstant, toInstantOrNull } from '../kernel/clock.ts'
import { createShared } from '../kernel/shared.ts'
import { attentionOf } from './attention.ts'
import { createCards } from './cards.ts'
import type { CardOperations, DashboardToolkits, PausedSchedule } from './ports.ts'

type Overview = OutputOf<typeof getDashboard>
type OverTime = Pick<
  Overview,
  'from' | 'stepSeconds' | 'ended' | 'endedOverTime' | 'queueOverTime' | 'busiest' | 'slowest'
>

type Counts = Awaited<ReturnType<Jobs['counts']>>['counts']

export interface DashboardDeps {
  readonly jobs: Pick<Jobs, 'counts' | 'list'>
  readonly tallies: JobTallies
  readonly toolkits: DashboardToolkits
  readonly pausedSchedules: () => Promise<readonly PausedSchedule[]>
  readonly cardOperations: CardOperations
  readonly clock: Clock
}

export interface Dashboard {
  get(range: DashboardRange, caller: Caller): Promise<Overview>
  /** Notes how long the queue is, for the plot. */
  sample(): Promise<void>
}

const ranges: Readonly<Record<DashboardRange, { ms: number; stepMs: number }>> = {
  '1h': { ms: hourMs, stepMs: minuteMs },
  '24h': { ms: 24 * hourMs, stepMs: hourMs },
  '7d': { ms: 7 * 24 * hourMs, stepMs: hourMs },
}
const listed = 6
/** Many look at once and every change makes all of them look again; what is plotted may be this old. */
const plotsForMs = 2000

export function createDashboard(deps: DashboardDeps): Dashboard {
  const { jobs, tallies, toolkits, clock } = deps
  const cards = createCards({ toolkits, operations: deps.cardOperations, clock })
  const shared = (range: DashboardRange) => createShared(clock, plotsForMs, () => overTime(range))
  const plots = { '1h': shared('1h'), '24h': shared('24h'), '7d': shared('7d') }

  async function overTime(range: DashboardRange): Promise<OverTime> {
    const { ms, stepMs } = ranges[range]
    const now = clock.now()
    const from = startOf(stepMs, now - ms)
    const [bySlot, byOperation, queue] = await Promise.all([
      tallies.bySlot(stepMs, from),
      tallies.byOperation(stepMs, from),
      tallies.queueSamples(from, stepMs),
    ])
    const slots = Map.groupBy(bySlot, ({ slot }) => slot)
    const steps = Array.from(
      { length: Math.floor((now - from) / stepMs) + 1 },
      (_, step) => from + step * stepMs,
    )
    return {
      from: toInstant(from),
      stepSeconds: stepMs / 1000,
      ended: summarise(bySlot),
      endedOverTime: steps.map((slot) => ({ from: toInstant(slot), ...summarise(slots.get(slot) ?? []) })),
      queueOverTime: queue.map(({ slot, queued, running, oldestMs }) => ({
        from: toInstant(slot),
        queued,
        running,
        oldestSeconds: oldestMs / 1000,
      })),
      ...rankOperations(byOperation),
    }
  }

  async function failures(now: number) {
    const since = startOf(hourMs, now - 24 * hourMs)
    const [counted, { jobs: latest }] = await Promise.all([
      tallies.byStatus(hourMs, since),
      jobs.list({ status: ['failed', 'lost'] }, { cursor: null, limit: listed }),
    ])
    const failed = counted.filter(({ status }) => status === 'failed' || status === 'lost')
    const count = failed.reduce((sum, tally) => sum + tally.jobs, 0)
    return { since, jobs: count, latest: latest.map(toSummary) }
  }

  return {
    async get(range, caller) {
      const now = clock.now()
      const [{ counts, oldestQueuedAt }, failed, running, paused, plotted, shownCards] = await Promise.all([
        jobs.counts(),
        failures(now),
        jobs.list({ status: ['running', 'cancelling'] }, { cursor: null, limit: listed }),
        deps.pausedSchedules(),
        plots[range](),
        cards(caller),
      ])
      return {
        at: toInstant(now),
        attention: attentionOf({
          now,
          counts,
          oldestQueuedAt,
          failed: { ...failed, latest: failed.latest[0] },
          toolkits: toolkits.summaries(),
          paused,
          cards: shownCards,
        }),
        jobs: { counts, oldestQueuedAt: toInstantOrNull(oldestQueuedAt) },
        range,
        ...plotted,
        queueOverTime: withNow(plotted, { counts, oldestSeconds: waitedMs(now, oldestQueuedAt) / 1000 }),
        failedLately: failed.latest,
        runningNow: running.jobs.map(toSummary),
        cards: shownCards,
      }
    },
    async sample() {
      const at = clock.now()
      const { counts, oldestQueuedAt } = await jobs.counts()
      await tallies.sampleQueue({
        at,
        queued: counts.queued,
        running: runningOf(counts),
        oldestMs: waitedMs(at, oldestQueuedAt),
      })
    },
  }
}

const runningOf = (counts: Counts) => counts.running + counts.cancelling

function waitedMs(now: number, since: number | null): number {
  return since === null ? 0 : Math.max(0, now - since)
}

/** The last step is not over yet: what is so now belongs to it. */
function withNow(
  { endedOverTime, queueOverTime }: OverTime,
  { counts, oldestSeconds }: { counts: Counts; oldestSeconds: number },
): OverTime['queueOverTime'] {
  const from = endedOverTime.at(-1)?.from ?? ''
  const known = queueOverTime.find((sample) => sample.from === from)
  const latest = {
    from,
    queued: Math.max(counts.queued, known?.queued ?? 0),
    running: Math.max(runningOf(counts), known?.running ?? 0),
    oldestSeconds: Math.max(oldestSeconds, known?.oldestSeconds ?? 0),
  }
  return [...queueOverTime.filter((sample) => sample !== known), latest]
}

function startOf(stepMs: number, time: number): number {
  return time - (time % stepMs)
}

function rankOperations(
  counts: readonly (BucketCount & { toolkit: string; operation: string })[],
): Pick<OverTime, 'busiest' | 'slowest'> {
  const byOperation = Map.groupBy(counts, ({ toolkit, operation }) => `${toolkit}.${operation}`)
  const uses = [...byOperation.values()].map((all): OperationUse => {
    const { toolkit = '', operation = '' } = all[0] ?? {}
    return { toolkit, operation, jobs: all.reduce((sum, { jobs }) => sum + jobs, 0), ...summarise(all) }
  })
  return {
    busiest: uses.toSorted((a, b) => b.jobs - a.jobs).slice(0, listed),
    slowest: uses
      .filter(({ p95Ms }) => p95Ms !== null)
      .sort((a, b) => (b.p95Ms ?? 0) - (a.p95Ms ?? 0))
      .slice(0, listed),
  }
}
