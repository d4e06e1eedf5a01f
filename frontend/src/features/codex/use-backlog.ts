import type { BacklogArea, BacklogTask, nextTasks } from '@sre-toolbox/contract/codex/backlog'
import { taskPriorities } from '@sre-toolbox/contract/codex/common'
import type { OutputOf } from '@sre-toolbox/contract/operation'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useApp, useUser } from '../../lib/app-context.ts'
import { type BacklogFilter, fits } from './backlog-filter.ts'
import { backlogQuery, nextQuery } from './codex-queries.ts'

export type NextTasks = OutputOf<typeof nextTasks>

/** The backlog with what is ranked, narrowed to what is asked for, in the order of priority, then of the file. */
export function useBacklog(workspaceId: string, filter: BacklogFilter) {
  const { api } = useApp()
  const { username } = useUser()
  const backlog = useQuery(backlogQuery(api, workspaceId))
  const next = useQuery(nextQuery(api, workspaceId))
  const tasks = useMemo(() => byPriority(backlog.data?.areas ?? []), [backlog.data])
  const reasons = useMemo(() => reasonsOf(next.data, tasks), [next.data, tasks])
  const shown = tasks.filter((task) => fits(task, filter, { waits: reasons.has(task.task), username }))
  return { backlog, next, tasks, shown, reasons }
}

/** Why tasks wait, by their address. Being held is no reason here: who holds a task is shown as such. */
function reasonsOf(
  next: NextTasks | undefined,
  tasks: readonly BacklogTask[],
): ReadonlyMap<string, readonly string[]> {
  const held = new Set(tasks.filter(({ claim }) => claim?.live).map(({ task }) => task))
  const entries = (next?.waiting ?? []).map(({ task, reasons }): [string, readonly string[]] => [
    task,
    held.has(task) ? reasons.filter((reason) => !reason.startsWith('claimed by ')) : reasons,
  ])
  return new Map(entries.filter(([, reasons]) => reasons.length > 0))
}

function byPriority(areas: readonly BacklogArea[]): BacklogTask[] {
  const rank = ({ priority }: BacklogTask) => taskPriorities.indexOf(priority)
  return areas.flatMap(({ tasks }) => tasks).sort((a, b) => rank(a) - rank(b))
}
