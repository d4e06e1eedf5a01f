import { toInstant } from '../kernel/clock.ts'
import type { Logger } from '../kernel/logger.ts'
import type { RunStore } from './ports.ts'

const atOnce = 200

/**
 * A run goes when its job has gone, so the rule for jobs is the rule for runs. It is archived first, whole, as a line of JSON.
 * Answers how many went.
 */
export async function retireRuns(deps: {
  readonly store: RunStore
  readonly archive: (pieces: AsyncIterable<string>) => Promise<void>
  readonly logger: Logger
}): Promise<number> {
  const { store, archive, logger } = deps

  async function* describe(ids: readonly string[]): AsyncGenerator<string> {
    for (const id of ids) {
      const run = await store.get(id)
      if (!run) continue
      const { state, createdAt, ...about } = run
      const { report, answers } = state
      const approvals = (await store.answers(id)).map(({ at, runId: _runId, ...said }) => ({
        ...said,
        at: toInstant(at),
      }))
      yield `${JSON.stringify({ ...about, createdAt: toInstant(createdAt), report, answers, approvals })}\n`
    }
  }

  let removed = 0
  for (;;) {
    const ids = await store.jobless(atOnce)
    if (ids.length === 0) break
    await archive(describe(ids))
    await store.delete(ids)
    removed += ids.length
  }
  if (removed > 0) logger.info({ removed }, 'runs whose jobs were removed were archived and removed')
  return removed
}
