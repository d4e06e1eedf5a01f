import { plural } from '../../lib/format.ts'
import { PriorityMark } from './TaskMarks.tsx'
import type { NextTasks } from './use-backlog.ts'

/** What to do next and why; unfolded, what comes after it and why the others wait. */
export function NextUp({ next, onOpen }: { next: NextTasks; onOpen: (task: string) => void }) {
  const { candidates, waiting, ready } = next
  const [first, ...others] = candidates
  const link = (task: string, title: string) => (
    <button type="button" className="link" onClick={() => onOpen(task)}>
      {title}
    </button>
  )
  return (
    <details className="card next-up">
      <summary>
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
        <span className="soft small next-up-counts number">
          {ready} ready · {waiting.length} waiting
        </span>
      </summary>
      <div className="next-up-lists">
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
    </details>
  )
}
