import { queryOptions } from '@tanstack/react-query'

export interface ListedOperation {
  readonly id: string
  readonly title: string
  readonly effect: 'read' | 'write' | 'destructive'
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
}
interface Described {
  readonly operationId: string
  readonly summary: string
  readonly 'x-toolbox': { readonly effect: ListedOperation['effect'] }
}

/** Everything that can be called here now, toolkits' operations included, as the API describes itself. */
export const operationsQuery = queryOptions({
  queryKey: ['operations'],
  staleTime: 300_000,
  async queryFn({ signal }): Promise<ListedOperation[]> {
    const response = await fetch('/api/openapi.json', { signal })
    if (!response.ok) throw new Error(`The list of operations can't be read: ${response.status}.`)
    const { paths } = (await response.json()) as OpenApi
    return Object.values(paths)
      .flatMap((methods) => Object.values(methods))
      .map(({ operationId, summary, 'x-toolbox': { effect } }) => ({
        id: operationId,
        title: summary,
        effect,
      }))
      .sort((a, b) => a.id.localeCompare(b.id))
  },
})
