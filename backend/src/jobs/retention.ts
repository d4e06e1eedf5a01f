import type { Clock } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'
import { latestAttempt, toAttempt, toSummary } from './job.ts'
import type { JobStore } from './ports.ts'

export interface RetentionRule {
  /** Jobs that ended longer ago are removed; null keeps them. */
  readonly days: number | null
  /** An ended job is removed when so many newer ones were made since; null keeps all. */
  readonly count: number | null
}

/** Where removed jobs go first: pieces of text, a JSON line for each job in all. Resolves when they are durable. */
export type Archive = (pieces: AsyncIterable<string>) => Promise<void>

const dayMs = 86_400_000
const atOnce = 200
const logPage = 500

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

  /** A log may be larger than memory, so it is written page by page. */
  async function* describe(jobId: string): AsyncGenerator<string> {
    const job = await store.get(jobId)
    if (!job) return
    const [input, result, attempts] = await Promise.all([
      store.input(jobId),
      store.result(jobId),
      store.earlierAttempts(jobId),
    ])
    const about = { input, result, attempts: [...attempts, ...latestAttempt(job)].map(toAttempt) }
    yield `${JSON.stringify({ ...toSummary(job), ...about }).slice(0, -1)},"logs":[`
    for (let after = 0; ; ) {
      const lines = await store.logs({ jobId, after, limit: logPage })
      if (lines.length > 0) yield `${after > 0 ? ',' : ''}${JSON.stringify(lines).slice(1, -1)}`
      if (lines.length < logPage) break
      after = lines.at(-1)?.seq ?? after
    }
    yield ']}\n'
  }

  async function* describeAll(jobIds: readonly string[]): AsyncGenerator<string> {
    for (const jobId of jobIds) yield* describe(jobId)
  }

  return {
    async run() {
      const endedBefore = rule.days === null ? null : clock.now() - rule.days * dayMs
      let removed = 0
      for (;;) {
        const jobIds = await store.expired({ endedBefore, keep: rule.count }, atOnce)
        if (jobIds.length === 0) break
        await archive(describeAll(jobIds))
        await store.delete(jobIds)
        removed += jobIds.length
      }
      if (removed > 0) logger.info({ removed }, 'old jobs were archived and removed')
      return removed
    },
  }
}
