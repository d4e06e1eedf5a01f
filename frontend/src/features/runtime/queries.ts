import { compareSpecifiers, listLoadFailures } from '@sre-toolbox/contract/diagnostics'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Api } from '../../lib/api.ts'

export const loadFailuresQuery = (api: Api, toolkit: string | null) =>
  infiniteQueryOptions({
    queryKey: ['load-failures', toolkit],
    queryFn: ({ pageParam, signal }) =>
      api.call(
        listLoadFailures,
        { limit: 20, ...(toolkit && { toolkit }), ...(pageParam && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: 30_000,
  })

export const comparisonQuery = (api: Api, slug: string) =>
  queryOptions({
    queryKey: ['specifiers', slug],
    queryFn: ({ signal }) => api.call(compareSpecifiers, { slug }, { signal }),
  })

/** What this browser is answered at a path of ours: the status and the type, in words. */
export const answerQuery = (path: string | null) =>
  queryOptions({
    queryKey: ['answer-at', path],
    enabled: path !== null,
    async queryFn({ signal }) {
      const { status, headers } = await fetch(path ?? '', { signal, cache: 'reload' })
      return { status, contentType: headers.get('content-type') ?? 'no type' }
    },
  })
