import type { CallInputOf } from '@sre-toolbox/contract/operation'
import { getSchedule, listSchedules, previewSchedule, type Timing } from '@sre-toolbox/contract/schedules'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type Api, ApiError } from '../../lib/api.ts'

/** What another process of the product did is told by no event here. */
const othersMs = 15_000

type Filter = Omit<CallInputOf<typeof listSchedules>, 'cursor' | 'limit'>

export const scheduleListQuery = (api: Api, filter: Filter) =>
  infiniteQueryOptions({
    queryKey: ['schedules', 'list', filter],
    queryFn: ({ signal, pageParam }) =>
      api.call(
        listSchedules,
        { ...filter, limit: 50, ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: othersMs,
  })

export const scheduleQuery = (api: Api, scheduleId: string) =>
  queryOptions({
    queryKey: ['schedules', scheduleId],
    queryFn: ({ signal }) => api.call(getSchedule, { scheduleId }, { signal }),
    refetchInterval: othersMs,
  })

/** When it would be due, or what is wrong with it: a refusal is an answer here. */
export const previewQuery = (api: Api, timing: Timing | null) =>
  queryOptions({
    queryKey: ['preview of a schedule', timing],
    enabled: timing !== null,
    retry: (count, error) => !(error instanceof ApiError && error.status === 400) && count < 2,
    refetchInterval: 30_000,
    queryFn: ({ signal }) => api.call(previewSchedule, { timing: timing as Timing }, { signal }),
  })
