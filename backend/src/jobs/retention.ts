import type { Clock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'
import { latestAttempt, toAttempt, toSummary } from './job.ts'
import type { JobStore } from './ports.ts'

export interface RetentionRule {
  /** Jobs that ended longer ago are removed; null keeps them. */
  readonly days: number | null
  /** Only so many ended jobs are kept; null keeps all. */
  readonly count: number | null
}

/** Where removed jobs go first: one JSON line each. Resolves when the lines are durable. */
export type Archive = (lines: readonly string[]) => Promise<void>

const dayMs = 86_400_000
const atOnce = 200
const logPage = 5000

export interface Retention {
  /** Archives and removes what the rule no longer keeps; answers how many. */
  run(): Promise<number>
}

export function createRetention(deps: {
  store: JobStore
  archive: Archive
  rule: RetentionRule
  clock: Clock
  logger: Logger
}): Retention {
  const { store, archive, rule, clock, logger } = deps

  async function describe(jobId: string): Promise<string | null> {
    const job = await store.get(jobId)
    if (!job) return null
    const [input, result, attempts] = await Promise.all([
      store.input(jobId),
      store.result(jobId),
      store.earlierAttempts(jobId),
    ])
    const logs = []
    for (let after = 0; ; ) {
      const lines = await store.logs({ jobId, after, limit: logPage })
      logs.push(...lines)
      if (lines.length < logPage) break
      after = lines.at(-1)?.seq ?? after
    }
    return JSON.stringify({
      ...toSummary(job),
      input,
      result,
      attempts: [...attempts, ...latestAttempt(job)].map(toAttempt),
      logs,
    })
  }

  return {
    async run() {
      const endedBefore = rule.days === null ? null : clock.now() - rule.days * dayMs
      let removed = 0
      for (;;) {
        const jobIds = await store.expired({ endedBefore, keep: rule.count }, atOnce)
        if (jobIds.length === 0) break
        const lines = await Promise.all(jobIds.map(describe))
        await archive(lines.filter((line) => line !== null))
        await store.delete(jobIds)
        removed += jobIds.length
      }
      if (removed > 0) logger.info({ removed }, 'old jobs were archived and removed')
      return removed
    },
  }
}
