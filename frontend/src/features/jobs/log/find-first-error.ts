import { type LogLine, readJobLogs } from '@sre-toolbox/contract/jobs'
import type { Api } from '../../../lib/api.ts'

/** The first line of level error, or undefined. `onSearched` is told how far it has looked. */
export async function findFirstError(
  api: Api,
  jobId: string,
  onSearched: (lines: number) => void,
): Promise<LogLine | undefined> {
  let after = 0
  for (;;) {
    const page = await api.call(readJobLogs, { jobId, after, level: 'error', limit: 1 })
    if (page.items[0] || page.nextCursor === null) return page.items[0]
    after = Number(page.nextCursor)
    onSearched(after)
  }
}
