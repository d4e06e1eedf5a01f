import { listPersonas } from '@sre-toolbox/contract/codex/library'
import { listGuides, searchGuides } from '@sre-toolbox/contract/documentation'
import { me } from '@sre-toolbox/contract/identity'
import { countJobs, getJob, inspectJob, listJobs } from '@sre-toolbox/contract/jobs'
import type { CallInputOf } from '@sre-toolbox/contract/operation'
import { runtimeStatus } from '@sre-toolbox/contract/runtime'
import { callToolkit, getToolkit, listToolkits } from '@sre-toolbox/contract/toolkits'
import { queryOptions } from '@tanstack/react-query'
import type { Api } from './api.ts'

// What is read in more than one place, by the same key, so that it is read once.

export const meQuery = (api: Api) =>
  queryOptions({
    queryKey: ['me'],
    queryFn: ({ signal }) => api.call(me, {}, { signal, atOnce: true }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: (count, error) => !('status' in error && error.status === 401) && count < 2,
  })

export const toolkitsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['toolkits'],
    queryFn: ({ signal }) => api.call(listToolkits, {}, { signal }),
  })

export const toolkitQuery = (api: Api, slug: string) =>
  queryOptions({
    queryKey: ['toolkits', slug],
    queryFn: ({ signal }) => api.call(getToolkit, { slug }, { signal }),
  })

/** Changes only when toolkits come and go. */
export const guidesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['toolkits', 'guides'],
    queryFn: ({ signal }) => api.call(listGuides, {}, { signal }),
    staleTime: 60_000,
  })

export const guideSearchQuery = (api: Api, q: string, limit: number) =>
  queryOptions({
    queryKey: ['toolkits', 'guides', 'search', q, limit],
    queryFn: ({ signal }) => api.call(searchGuides, { q, limit }, { signal }),
    staleTime: 60_000,
    enabled: q !== '',
  })

export const jobQuery = (api: Api, jobId: string) =>
  queryOptions({
    queryKey: ['job', jobId],
    queryFn: ({ signal }) => api.call(getJob, { jobId }, { signal }),
  })

export const inspectQuery = (api: Api, jobId: string) =>
  queryOptions({
    queryKey: ['job', jobId, 'broker'],
    queryFn: ({ signal }) => api.call(inspectJob, { jobId }, { signal }),
  })

export const countsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['jobs', 'counts'],
    queryFn: ({ signal }) => api.call(countJobs, {}, { signal }),
  })

/** One page of jobs, for what shows only the latest. */
export const latestJobsQuery = (api: Api, filter: CallInputOf<typeof listJobs>) =>
  queryOptions({
    queryKey: ['jobs', 'latest', filter],
    queryFn: ({ signal }) => api.call(listJobs, filter, { signal }),
  })

export const runtimeQuery = (api: Api) =>
  queryOptions({
    queryKey: ['runtime'],
    queryFn: ({ signal }) => api.call(runtimeStatus, {}, { signal }),
    refetchInterval: 30_000,
  })

/** A reading operation of a toolkit. */
export const toolkitReadQuery = <Result>(
  api: Api,
  slug: string,
  operation: string,
  input: Record<string, unknown>,
) =>
  queryOptions({
    queryKey: ['toolkits', slug, 'read', operation, input],
    queryFn: async ({ signal }) =>
      (await api.call(callToolkit, { slug, operation, input }, { signal })) as Result,
    retry: false,
  })

/** Changes only with the product and its toolkits; what the repository of a workspace adds, with its files. */
export const personasQuery = (api: Api, workspaceId?: string) =>
  queryOptions({
    queryKey: ['personas', workspaceId],
    queryFn: ({ signal }) => api.call(listPersonas, { ...(workspaceId && { workspaceId }) }, { signal }),
    staleTime: workspaceId ? 0 : 300_000,
  })
