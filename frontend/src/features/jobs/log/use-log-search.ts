import { type LogLine, logLevels, readJobLogs } from '@sre-toolbox/contract/jobs'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useApp } from '../../../lib/app-context.ts'
import type { Level } from './LogToolbar.tsx'
import { createLogSearch, type LogSearch } from './log-search.ts'
import type { LogWindow } from './log-window.ts'

const pageLines = 500

/** The search for what the person looks for, begun anew when that changes; null while all lines are wanted. */
export function useLogSearch(
  jobId: string,
  log: LogWindow,
  { text, level }: { text: string; level: Level },
): LogSearch | null {
  const { api } = useApp()
  const search = useMemo(() => {
    if (text === '' && level === 'debug') return null
    const wanted = { level, ...(text && { q: text }) }
    return createLogSearch(
      log,
      (after) => api.call(readJobLogs, { jobId, after, limit: pageLines, ...wanted }),
      fitting(text.toLowerCase(), level),
    )
  }, [api, jobId, log, text, level])
  useEffect(() => search?.start(), [search])
  useSyncExternalStore(search?.subscribe ?? never, search?.version ?? zero)
  return search
}

const never = () => () => {}
const zero = () => 0

const fitting = (low: string, level: Level) => (line: LogLine) =>
  logLevels.indexOf(line.level) >= logLevels.indexOf(level) && line.text.toLowerCase().includes(low)
