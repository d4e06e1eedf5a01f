import { readJobLogs } from '@sre-toolbox/contract/jobs'
import type { Api } from '../../../lib/api.ts'
import { saveText } from '../../../lib/save-text.ts'

const chunkLines = 5000

/** Saves the whole log as a text file. `onRead` is told how many lines are here so far. */
export async function downloadLog(api: Api, jobId: string, onRead: (lines: number) => void): Promise<void> {
  const parts: string[] = []
  let after = 0
  for (;;) {
    const { items } = await api.call(readJobLogs, { jobId, after, limit: chunkLines })
    parts.push(items.map(({ at, level, text }) => `${at} ${level.padEnd(5)} ${text}\n`).join(''))
    after = items.at(-1)?.seq ?? after
    onRead(after)
    if (items.length < chunkLines) break
  }
  saveText(`job-${jobId}.log`, parts)
}
