import { StatusMark } from '@sre-toolbox/sdk/ui'
import type { Explanation } from './answers.ts'

/** The pattern taken apart, and where it may run away. */
export function Explained({ explanation, pattern }: { explanation: Explanation; pattern: string }) {
  const { tokens, flags, warnings } = explanation
  return (
    <section className="card" aria-label="Explanation">
      <header className="list-header">
        <h2>What it means</h2>
      </header>
      {warnings.map(({ start, end, message }) => (
        <div key={start} role="status" className="regex-warning">
          <StatusMark tone="warn" shape="bang" word="It may run away" />{' '}
          <code>{pattern.slice(start, end)}</code>
          <p className="small">{message}</p>
        </div>
      ))}
      <ol className="regex-tokens">
        {tokens.map(({ start, text, kind, depth, meaning }) => (
          <li key={start} data-depth={Math.min(depth, 6)}>
            <code data-kind={kind}>{text}</code>
            <span className="soft">{meaning}</span>
          </li>
        ))}
        {flags.map(({ flag, meaning }) => (
          <li key={`flag ${flag}`}>
            <code data-kind="flag">{flag}</code>
            <span className="soft">flag: {meaning}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
