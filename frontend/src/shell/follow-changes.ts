import type { QueryClient } from '@tanstack/react-query'
import type { App } from '../lib/app-context.ts'

/** Bursts of changes cost one read. */
const gatherMs = 700
/**
 * What each kind of change is read under; a toolkit brings tasks and personas along, and a schedule tells of its last job,
 * and of whether its toolkit is enabled.
 */
const shownBy = {
  job: ['jobs', 'schedules', 'dashboard', 'runs'],
  toolkit: ['toolkits', 'schedules', 'dashboard', 'tasks', 'personas'],
  schedule: ['schedules', 'dashboard'],
  codex: ['codex'],
} as const

/** Keeps what is shown up to date while the shell is open; returns what ends it. */
export function followChanges({ live, queries }: App): () => void {
  const stale = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const offChange = live.onChange((change) => {
    if (change.kind === 'reset') {
      void queries.invalidateQueries()
      return
    }
    for (const key of shownBy[change.kind]) stale.add(key)
    timer ??= setTimeout(() => {
      timer = undefined
      refresh(queries, stale)
      stale.clear()
    }, gatherMs)
  })
  const stop = live.start()
  return () => {
    clearTimeout(timer)
    offChange()
    stop()
  }
}

function refresh(queries: QueryClient, stale: ReadonlySet<string>) {
  for (const key of stale) void queries.invalidateQueries({ queryKey: [key] })
}
