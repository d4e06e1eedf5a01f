import { getBacklog, getGraph, getHistory, nextTasks } from '@sre-toolbox/contract/codex/backlog'
import { readJournal } from '@sre-toolbox/contract/codex/memory'
import { getPullRequest, getSession, listBoxes, listSessions } from '@sre-toolbox/contract/codex/sessions'
import { getWorkspace, listWorkspaces } from '@sre-toolbox/contract/codex/workspaces'
import type { CallInputOf } from '@sre-toolbox/contract/operation'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Api } from '../../lib/api.ts'

// All under `codex`: the change stream says when any of it may be old.

export const workspacesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['codex', 'workspaces'],
    queryFn: ({ signal }) => api.call(listWorkspaces, {}, { signal }),
  })

/** The checkout changes with every file that is saved, which the stream does not tell. */
const checkoutEveryMs = 15_000

export const workspaceQuery = (api: Api, workspaceId: string) =>
  queryOptions({
    queryKey: ['codex', 'workspace', workspaceId],
    queryFn: ({ signal }) => api.call(getWorkspace, { workspaceId }, { signal }),
    refetchInterval: checkoutEveryMs,
  })

export const backlogQuery = (api: Api, workspaceId: string) =>
  queryOptions({
    queryKey: ['codex', 'backlog', workspaceId],
    queryFn: ({ signal }) => api.call(getBacklog, { workspaceId }, { signal }),
  })

/** All that could be begun, and why the others wait. */
export const nextQuery = (api: Api, workspaceId: string) =>
  queryOptions({
    queryKey: ['codex', 'next', workspaceId],
    queryFn: ({ signal }) => api.call(nextTasks, { workspaceId, limit: 500 }, { signal }),
  })

export const graphQuery = (api: Api, workspaceId: string) =>
  queryOptions({
    queryKey: ['codex', 'graph', workspaceId],
    queryFn: ({ signal }) => api.call(getGraph, { workspaceId }, { signal }),
  })

export const historyQuery = (api: Api, workspaceId: string, days: number) =>
  queryOptions({
    queryKey: ['codex', 'history', workspaceId, days],
    queryFn: ({ signal }) => api.call(getHistory, { workspaceId, days }, { signal }),
  })

export const sessionsQuery = (api: Api, filter: CallInputOf<typeof listSessions>) =>
  queryOptions({
    queryKey: ['codex', 'sessions', filter],
    queryFn: ({ signal }) => api.call(listSessions, filter, { signal }),
  })

export const sessionQuery = (api: Api, workspaceId: string, sessionId: string) =>
  queryOptions({
    queryKey: ['codex', 'session', workspaceId, sessionId],
    queryFn: ({ signal }) => api.call(getSession, { workspaceId, sessionId }, { signal }),
  })

export const boxesQuery = (api: Api, workspaceId: string) =>
  queryOptions({
    queryKey: ['codex', 'boxes', workspaceId],
    queryFn: ({ signal }) => api.call(listBoxes, { workspaceId }, { signal }),
  })

export const pullRequestQuery = (api: Api, workspaceId: string, area: string, task: string) =>
  queryOptions({
    queryKey: ['codex', 'pull-request', workspaceId, area, task],
    queryFn: ({ signal }) => api.call(getPullRequest, { workspaceId, area, task }, { signal }),
  })

export const journalQuery = (
  api: Api,
  workspaceId: string,
  filter: Pick<CallInputOf<typeof readJournal>, 'task' | 'q'>,
) =>
  infiniteQueryOptions({
    queryKey: ['codex', 'journal', workspaceId, filter],
    queryFn: ({ signal, pageParam }) =>
      api.call(
        readJournal,
        { workspaceId, ...filter, limit: 25, ...(pageParam && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
