import { type DashboardRange, getDashboard } from '@sre-toolbox/contract/dashboard'
import type { OutputOf } from '@sre-toolbox/contract/operation'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useApp } from '../../lib/app-context.ts'

export type Overview = OutputOf<typeof getDashboard>

/** Changes of jobs and toolkits make it read again; what only time changes does so now and then. */
export function useDashboard(range: DashboardRange) {
  const { api } = useApp()
  return useQuery({
    queryKey: ['dashboard', range],
    queryFn: ({ signal }) => api.call(getDashboard, { range }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })
}
