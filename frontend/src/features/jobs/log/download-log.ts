import { readJobLogs } from '@sre-toolbox/contract/jobs'
import type { Api } from '../../../lib/api.ts'

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
  const url = URL.createObjectURL(new Blob(parts, { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `job-${jobId}.log`
  link.click()
  URL.revokeObjectURL(url)
}
