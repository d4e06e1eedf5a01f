import { listViews, putView, removeView, type View } from '@sre-toolbox/contract/views'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useApp } from '../../lib/app-context.ts'

/** This person's views of one list, and what can be done with them. */
export function useViews(list: View['list']) {
  const { api, queries } = useApp()
  const queryKey = ['views']
  const { data } = useQuery({ queryKey, queryFn: ({ signal }) => api.call(listViews, {}, { signal }) })
  const reread = () => queries.invalidateQueries({ queryKey })
  const put = useMutation({
    mutationFn: (view: { name: string; query: string }) => api.call(putView, { list, ...view }),
    onSuccess: reread,
  })
  const remove = useMutation({
    mutationFn: ({ id }: View) => api.call(removeView, { viewId: id }),
    onSuccess: reread,
  })
  return { views: data?.items.filter((view) => view.list === list) ?? [], put, remove }
}
