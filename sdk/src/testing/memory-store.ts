import { RequestError } from '../errors.ts'
import type { HostRequests, StoredItem, StorePage } from '../requests.ts'

type Params<Method extends keyof HostRequests> = HostRequests[Method]['params']

/** The toolkit's durable store, kept in memory, with the same rules for versions and pages. */
export function createMemoryStore(initial: Readonly<Record<string, unknown>>) {
  const items = new Map<string, StoredItem>(
    Object.entries(initial).map(([key, value]) => [key, { key, value, version: 1 }]),
  )
  const sorted = () => [...items.values()].sort((a, b) => (a.key < b.key ? -1 : 1))

  function expectVersion(key: string, ifVersion: number | undefined) {
    const version = items.get(key)?.version ?? 0
    if (ifVersion === undefined || ifVersion === version) return version
    throw new RequestError('conflict', `${key} is at version ${version}, not ${ifVersion}: read it again.`)
  }

  const methods = {
    'store.get': ({ key }: Params<'store.get'>) => ({ item: items.get(key) ?? null }),
    'store.put': ({ key, value, ifVersion }: Params<'store.put'>) => {
      const version = expectVersion(key, ifVersion) + 1
      items.set(key, { key, value, version })
      return { version }
    },
    'store.delete': ({ key, ifVersion }: Params<'store.delete'>) => {
      expectVersion(key, ifVersion)
      return { deleted: items.delete(key) }
    },
    'store.list': ({ prefix = '', limit = 100, cursor = '' }: Params<'store.list'>): StorePage => {
      const rest = sorted().filter((item) => item.key.startsWith(prefix) && item.key > cursor)
      const page = rest.slice(0, limit)
      return { items: page, nextCursor: rest.length > limit ? (page.at(-1)?.key ?? null) : null }
    },
  }
  return { methods, items: sorted }
}
