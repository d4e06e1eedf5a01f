import { listWorkspaces } from '@sre-toolbox/contract/codex/workspaces'
import { checkPrompt, getPrompt, listPrompts } from '@sre-toolbox/contract/codex-prompts'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type Api, ApiError } from '../../../lib/api.ts'

// All under `codex`: the change stream says when any of it may be old.

export const workspaceNamesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['codex', 'workspaces'],
    queryFn: ({ signal }) => api.call(listWorkspaces, {}, { signal }),
  })

export const promptsQuery = (api: Api, workspaceId: string) =>
  queryOptions({
    queryKey: ['codex', 'prompts', workspaceId],
    queryFn: ({ signal }) => api.call(listPrompts, { workspaceId }, { signal }),
  })

export const promptQuery = (api: Api, workspaceId: string, name: string) =>
  queryOptions({
    queryKey: ['codex', 'prompt', workspaceId, name],
    queryFn: ({ signal }) => api.call(getPrompt, { workspaceId, name }, { signal }),
    retry: (count, error) => !(error instanceof ApiError && error.status === 404) && count < 2,
  })

/** What is wrong with a text; the answer names the text that it speaks of. */
export const checkQuery = (api: Api, workspaceId: string | undefined, text: string) =>
  queryOptions({
    queryKey: ['codex', 'prompt check', workspaceId, text],
    enabled: text !== '',
    placeholderData: keepPreviousData,
    // Each pause in the typing leaves one behind.
    gcTime: 30_000,
    queryFn: async ({ signal }) => ({
      ...(await api.call(checkPrompt, { text, ...(workspaceId && { workspaceId }) }, { signal })),
      text,
    }),
  })
