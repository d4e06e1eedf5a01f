import { Button } from '@mantine/core'
import { useId, useState } from 'react'
import { plural } from '../../lib/format.ts'
import { PriorityMark } from './TaskMarks.tsx'
import type { NextTasks } from './use-backlog.ts'

/** What to do next and why; unfolded, what comes after it and why the others wait. */
export function NextUp({ next, onOpen }: { next: NextTasks; onOpen: (task: string) => void }) {
  const { candidates, waiting, ready } = next
  const [first, ...others] = candidates
  const [unfolded, setUnfolded] = useState(false)
  const lists = useId()
  const link = (task: string, title: string) => (
    <button type="button" className="link" onClick={() => onOpen(task)}>
      {title}
    </button>
  )
  return (
    <section className="card next-up" aria-label="What is next">
      <div className="next-up-line-first">
        {first ? (
          <span className="next-up-first">
            <b>Next:</b> {link(first.task, first.title)}{' '}
            <span className="soft">because {first.reasons.join(', ')}</span>
          </span>
        ) : (
          <span className="next-up-first">
            <b>Nothing can be begun now:</b>{' '}
            {waiting.length > 0 ? `${plural(waiting.length, 'task')} wait` : 'all is done'}
          </span>
        )}
        <span className="soft small number">
          {ready} ready · {waiting.length} waiting
        </span>
        <Button
          size="compact-xs"
          variant="default"
          aria-expanded={unfolded}
          aria-controls={lists}
          onClick={() => setUnfolded(!unfolded)}
        >
          {unfolded ? 'Fold' : 'Why'}
        </Button>
      </div>
      <div id={lists} className="next-up-lists" hidden={!unfolded}>
        <section aria-label="Ready after that">
          <h3>Ready after that</h3>
          <ol className="stack-small">
            {others.slice(0, 8).map(({ task, title, priority, reasons }) => (
              <li key={task} className="next-up-line">
                <PriorityMark priority={priority} alone />
                <span>
                  {link(task, title)} <span className="soft small">{reasons.join(', ')}</span>
                </span>
              </li>
            ))}
            {others.length === 0 && <li className="soft">Nothing else.</li>}
          </ol>
        </section>
        <section aria-label="Why the others wait">
          <h3>Why the others wait</h3>
          <ul className="stack-small next-up-waiting">
            {waiting.map(({ task, title, priority, reasons }) => (
              <li key={task} className="next-up-line">
                <PriorityMark priority={priority} alone />
                <span>
                  {link(task, title)} <span className="soft small">{reasons.join(', ')}</span>
                </span>
              </li>
            ))}
            {waiting.length === 0 && <li className="soft">Nothing waits.</li>}
          </ul>
        </section>
      </div>
    </section>
  )
}
