import { Button } from '@mantine/core'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { count } from '../../../lib/format.ts'
import type { LogSearch } from './log-search.ts'

/** How far a search is, and the way from match to match. */
export function FoundBar(props: {
  search: LogSearch
  lines: number
  /** The match that is looked at, from 0. */
  at: number | null
  onStep: (step: 1 | -1) => void
  context: boolean
  onContext: (context: boolean) => void
}) {
  const { search, lines, at, onStep, context, onContext } = props
  const found = search.found().length
  return (
    <div className="log-found small">
      <span className="number" role="status">
        {at === null ? '' : `${count(at + 1)} of `}
        {count(found)}
        {search.isThrough() ? '' : '+'} {found === 1 ? 'line fits' : 'lines fit'}
      </span>
      <Button.Group>
        <Button
          size="compact-xs"
          variant="default"
          aria-label="Previous match"
          disabled={found === 0}
          onClick={() => onStep(-1)}
        >
          <ChevronUp size={14} />
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          aria-label="Next match"
          disabled={found === 0}
          onClick={() => onStep(1)}
        >
          <ChevronDown size={14} />
        </Button>
      </Button.Group>
      <Button
        size="compact-xs"
        variant={context ? 'light' : 'default'}
        aria-pressed={context}
        disabled={found === 0}
        onClick={() => onContext(!context)}
      >
        Show among all lines
      </Button>
      {search.isFull() ? (
        <span className="soft">Stopped here: search for more words to find less.</span>
      ) : (
        !search.isThrough() && (
          <>
            <progress max={Math.max(1, lines)} value={search.searchedTo()} aria-label="Searched so far" />
            <span className="soft number">
              searched {count(search.searchedTo())} of {count(lines)} lines
            </span>
          </>
        )
      )}
    </div>
  )
}
