import { getJob, type JobSummary, listJobs } from '@sre-toolbox/contract/jobs'
import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { App } from '../../lib/app-context.ts'
import { useApp } from '../../lib/app-context.ts'
import { type JobFilter, toQuery } from './job-filter.ts'
import { type JobPage, mergeHead, patchJobs } from './merge-head.ts'

const pageSize = 100
const gatherMs = 600
/** More changes than this outside the first page show when they are scrolled to anew. */
const mostPatched = 10

type Pages = InfiniteData<JobPage, string | undefined>

/** The jobs that a filter lets through, page by page, kept up to date. */
export function useJobList(filter: JobFilter) {
  const app = useApp()
  const { api } = app
  const key = useMemo(() => ['job-list', filter] as const, [filter])
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }): Promise<JobPage> =>
      api.call(
        listJobs,
        { ...toQuery(filter, Date.now()), limit: pageSize, ...(pageParam && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
  useEffect(() => follow(app, filter, key), [app, filter, key])
  const jobs = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data])
  const { hasNextPage, isFetching, isError, fetchNextPage } = query
  // A page may be a stretch of the list in which nothing fits.
  const searching = jobs.length === 0 && hasNextPage && !isError
  useEffect(() => {
    if (searching && !isFetching) void fetchNextPage()
  }, [searching, isFetching, fetchNextPage])
  return { ...query, jobs, searching }
}

function follow(app: App, filter: JobFilter, key: readonly unknown[]): () => void {
  const changed = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const off = app.live.onChange((change) => {
    if (change.kind !== 'job') return
    changed.add(change.job.jobId)
    timer ??= setTimeout(() => {
      timer = undefined
      const ids = [...changed]
      changed.clear()
      // The next change tries again; an outage shows in the live light.
      refresh(app, filter, key, ids).catch(() => {})
    }, gatherMs)
  })
  return () => {
    clearTimeout(timer)
    off()
  }
}

async function refresh(
  { api, queries }: App,
  filter: JobFilter,
  key: readonly unknown[],
  changed: readonly string[],
): Promise<void> {
  if (!queries.getQueryData(key)) return
  const head = await api.call(listJobs, { ...toQuery(filter, Date.now()), limit: pageSize })
  const inHead = new Set(head.items.map(({ id }) => id))
  const known = new Set(
    queries.getQueryData<Pages>(key)?.pages.flatMap(({ items }) => items.map(({ id }) => id)),
  )
  const outside = changed.filter((id) => known.has(id) && !inHead.has(id)).slice(0, mostPatched)
  const read = await Promise.all(outside.map((jobId) => api.call(getJob, { jobId })))
  const patches = new Map<string, JobSummary>(read.map(({ job }) => [job.id, job]))
  const belongs = ({ status }: JobSummary) => filter.status.length === 0 || filter.status.includes(status)
  queries.setQueryData<Pages>(key, (data) => {
    if (!data) return data
    const pages = mergeHead(patchJobs(data.pages, patches, belongs), head)
    return { pages, pageParams: pages.map((_, index) => data.pageParams[index]) }
  })
}
