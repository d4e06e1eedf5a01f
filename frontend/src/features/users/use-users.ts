import { type Account, listUsers } from '@sre-toolbox/contract/identity'
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useApp } from '../../lib/app-context.ts'

const usersKey = ['users'] as const

/** Users by name, page by page. */
export function useUserList(q: string) {
  const { api } = useApp()
  const query = useInfiniteQuery({
    queryKey: [...usersKey, 'list', q],
    queryFn: ({ pageParam, signal }) =>
      api.call(listUsers, { q, limit: 100, ...(pageParam && { cursor: pageParam }) }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
  return { ...query, users: query.data?.pages.flatMap(({ items }) => items) ?? [] }
}

/** The one who is called that; null when nobody is. */
export function useOneUser(username: string) {
  const { api } = useApp()
  return useQuery({
    queryKey: [...usersKey, 'one', username],
    queryFn: async ({ signal }): Promise<Account | null> => {
      const { items } = await api.call(listUsers, { q: username, limit: 200 }, { signal })
      return items.find((user) => user.username === username) ?? null
    },
  })
}

/** A change to users; what is shown of them is read again, also of oneself. */
export function useUserChange<Sent>(send: (sent: Sent) => Promise<unknown>, onDone: () => void) {
  const { queries } = useApp()
  return useMutation({
    mutationFn: send,
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: usersKey }),
        queries.invalidateQueries({ queryKey: ['me'] }),
      ]),
    onSuccess: onDone,
  })
}
