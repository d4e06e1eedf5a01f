import type { LibraryOrigin } from '@sre-toolbox/contract/codex/library'
import { Link } from 'react-router'

/** The toolkit that adds something to the library, and what the addition came with. */
export function Origin({ origin }: { origin: NonNullable<LibraryOrigin> }) {
  const { toolkit, version, pullRequest, docs, code } = origin
  const files = [...docs, ...code]
  return (
    <p className="small soft linked-words">
      Added by <Link to={`/toolkits/${toolkit}`}>{toolkit}</Link> {version}
      {pullRequest !== null && ` with ${pullRequest}`}
      {files.length > 0 && (
        <>
          ; of its bundle <code>{files.join(', ')}</code>
        </>
      )}
    </p>
  )
}
