import { formatCount } from '@sre-toolbox/sdk/ui'
import type { Match, Matches } from './answers.ts'

const shownMatches = 200

/** Every match with its groups; a click selects it in the text. */
export function MatchList({ found, onSelect }: { found: Matches; onSelect: (match: Match) => void }) {
  const { matches, truncated } = found
  return (
    <section className="card" aria-label="Matches">
      <header className="list-header">
        <h2>
          {matches.length === 0
            ? 'No match'
            : `${formatCount(matches.length)} ${matches.length === 1 ? 'match' : 'matches'}`}
          {truncated && ' or more'}
        </h2>
      </header>
      {matches.length > 0 && (
        <ol className="list-rows regex-matches">
          {matches.slice(0, shownMatches).map((match, index) => (
            <li key={`${match.start}-${match.end}`}>
              <button type="button" className="regex-match" onClick={() => onSelect(match)}>
                <span className="soft small number">
                  {index + 1} · {match.start}–{match.end}
                </span>
                <code className="cut">{match.text === '' ? <i>empty</i> : match.text}</code>
              </button>
              {match.groups.length > 0 && (
                <dl className="regex-groups">
                  {match.groups.map(({ number, name, text }) => (
                    <div key={number}>
                      <dt className="soft">{name ?? number}</dt>
                      <dd>{text === null ? <i className="soft">took no part</i> : <code>{text}</code>}</dd>
                    </div>
                  ))}
                </dl>
              )}
            </li>
          ))}
        </ol>
      )}
      {matches.length > shownMatches && (
        <p className="pad soft small">The first {shownMatches} are listed; all are marked in the text.</p>
      )}
    </section>
  )
}
