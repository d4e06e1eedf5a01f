import { listAudit } from '@sre-toolbox/contract/audit'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useApp } from '../../lib/app-context.ts'
import { type AuditFilter, toQuery } from './audit-filter.ts'

const pageSize = 100

/** The entries that a filter lets through, newest first, page by page. */
export function useAuditList(filter: AuditFilter) {
  const { api } = useApp()
  const query = useInfiniteQuery({
    queryKey: ['audit', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      api.call(
        listAudit,
        { ...toQuery(filter, Date.now()), limit: pageSize, ...(pageParam && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
  const entries = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data])
  const { hasNextPage, isFetching, isError, fetchNextPage } = query
  // A page may be a stretch of the chain in which nothing fits.
  const searching = entries.length === 0 && hasNextPage && !isError
  useEffect(() => {
    if (searching && !isFetching) void fetchNextPage()
  }, [searching, isFetching, fetchNextPage])
  return { ...query, entries, searching }
}
