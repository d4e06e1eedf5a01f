import type { AttentionItem } from '@sre-toolbox/contract/dashboard'
import { ChevronRight } from 'lucide-react'
import { Link } from 'react-router'
import { Mark } from '../../components/StatusMark.tsx'
import type { Shape, Tone } from '../../lib/job-status.ts'

const looks: Readonly<Record<AttentionItem['tone'], { tone: Tone; shape: Shape; word: string }>> = {
  bad: { tone: 'bad', shape: 'cross', word: 'Broken' },
  warn: { tone: 'warn', shape: 'bang', word: 'Warning' },
  info: { tone: 'mute', shape: 'slash', word: 'Note' },
}

/** What needs a person, the worst first; each leads to where something can be done. */
export function Attention({ items }: { items: readonly AttentionItem[] }) {
  const urgent = items.filter(({ tone }) => tone !== 'info').length
  return (
    <section className="card attention" aria-labelledby="needs-you">
      <header className="list-header">
        <h2 id="needs-you">Needs you</h2>
        <span className="push small soft">{urgent > 0 && `${urgent} urgent`}</span>
      </header>
      {items.length === 0 ? (
        <div className="attention-calm">
          <Mark tone="good" shape="check" word="Nothing needs you" />
          <p className="soft">No job failed in the last 24 hours, and all toolkits are on and well.</p>
        </div>
      ) : (
        <ul className="attention-items">
          {items.map(({ kind, tone, title, says, href }) => (
            <li key={`${kind} ${href}`}>
              <Link to={href} className="attention-item">
                <Mark {...looks[tone]} alone />
                <span className="attention-words">
                  <b>{title}</b>
                  <span className="small soft cut">{says}</span>
                </span>
                <ChevronRight size={14} aria-hidden="true" className="soft" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
