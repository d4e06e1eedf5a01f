import { getTask, listTasks } from '@sre-toolbox/contract/codex/library'
import { getRun, listRuns } from '@sre-toolbox/contract/codex-runs'
import type { CallInputOf } from '@sre-toolbox/contract/operation'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Api } from '../../lib/api.ts'

/** Changes only with what the Toolbox offers; what a repository adds, with its files. */
const rarelyMs = 60_000

/** With what the repository of a workspace adds, where one is named. */
export const tasksQuery = (api: Api, workspaceId?: string) =>
  queryOptions({
    queryKey: ['tasks', 'list', workspaceId],
    queryFn: ({ signal }) => api.call(listTasks, { ...(workspaceId && { workspaceId }) }, { signal }),
    staleTime: workspaceId ? 0 : rarelyMs,
  })

export const taskQuery = (api: Api, slug: string, workspaceId?: string) =>
  queryOptions({
    queryKey: ['tasks', 'one', workspaceId, slug],
    queryFn: ({ signal }) => api.call(getTask, { slug, ...(workspaceId && { workspaceId }) }, { signal }),
    staleTime: workspaceId ? 0 : rarelyMs,
  })

// Under `runs`: the change stream says when a job, and so maybe a run, is another.

export const runsQuery = (
  api: Api,
  filter: Omit<CallInputOf<typeof listRuns>, 'cursor' | 'limit'>,
  limit = 50,
) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'list', filter, limit],
    queryFn: ({ signal, pageParam }) =>
      api.call(listRuns, { ...filter, limit, ...(pageParam !== null && { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  })

const untoldEveryMs = 5_000

export const runQuery = (api: Api, runId: string) =>
  queryOptions({
    queryKey: ['run', runId],
    queryFn: ({ signal }) => api.call(getRun, { runId }, { signal }),
    // That its journal was told after all, no stream of its job says.
    refetchInterval: ({ state: { data } }) =>
      data?.report.endedAt && data.run.journalled === false ? untoldEveryMs : false,
  })
