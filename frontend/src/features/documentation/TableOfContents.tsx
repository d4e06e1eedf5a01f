import type { GuideHeading } from '@sre-toolbox/contract/documentation'
import { Link } from 'react-router'

const deepest = 3

/** The headings of the guide, beside it where there is room and above it otherwise. */
export function TableOfContents({ headings }: { headings: readonly GuideHeading[] }) {
  const shown = headings.filter(({ level }) => level <= deepest)
  if (shown.length < 2) return null
  const list = (
    <ol>
      {shown.map(({ level, text, anchor }) => (
        <li key={anchor} data-level={level}>
          <Link to={`#${anchor}`} replace>
            {text}
          </Link>
        </li>
      ))}
    </ol>
  )
  return (
    <>
      <nav aria-label="On this page" className="guide-contents guide-contents-beside">
        <h2>On this page</h2>
        {list}
      </nav>
      <details className="guide-contents guide-contents-above">
        <summary>On this page</summary>
        {list}
      </details>
    </>
  )
}
