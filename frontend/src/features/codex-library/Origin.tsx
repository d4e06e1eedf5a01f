import type { LibraryOrigin } from '@sre-toolbox/contract/codex/library'
import { Link } from 'react-router'

/** The toolkit or the repository that adds something to the library, and what the addition came with. */
export function Origin({ origin }: { origin: NonNullable<LibraryOrigin> }) {
  const { pullRequest, docs, code } = origin
  const files = [...new Set([...docs, ...code])]
  return (
    <p className="small soft linked-words">
      Added by{' '}
      {'toolkit' in origin ? (
        <>
          <Link to={`/toolkits/${origin.toolkit}`}>{origin.toolkit}</Link> {origin.version}
        </>
      ) : (
        <>
          the repository of <Link to={`/codex/workspaces/${origin.workspace}`}>{origin.name}</Link>
        </>
      )}
      {pullRequest !== null && ` with ${pullRequest}`}
      {files.length > 0 && (
        <>
          ; of its {'toolkit' in origin ? 'bundle' : 'files'} <code>{files.join(', ')}</code>
        </>
      )}
    </p>
  )
}

export const isOfRepository = (
  origin: LibraryOrigin,
): origin is Extract<LibraryOrigin, { workspace: string }> => origin !== null && 'workspace' in origin

/** Whose they are: first what a repository adds, which somebody chose, then the product's, then each toolkit's. */
export function byOrigin<Item extends { readonly origin: LibraryOrigin }>(
  items: readonly Item[],
): { group: string; items: Item[] }[] {
  const groups = Map.groupBy(items, ({ origin }) =>
    origin === null
      ? 'SRE Toolbox'
      : 'toolkit' in origin
        ? `Toolkit ${origin.toolkit}`
        : `Repository of ${origin.name}`,
  )
  const isAdded = ({ items: [first] }: { items: readonly Item[] }) => isOfRepository(first?.origin ?? null)
  return [...groups]
    .map(([group, grouped]) => ({ group, items: grouped }))
    .sort((one, other) => Number(isAdded(other)) - Number(isAdded(one)))
}
