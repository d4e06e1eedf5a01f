import type { GuideSummary } from '@sre-toolbox/contract/documentation'
import { createElement, type ReactNode } from 'react'
import type { Components } from 'react-markdown'
import { Link } from 'react-router'
import rehypeSlug from 'rehype-slug'
import { MarkdownText } from '../../components/markdown/MarkdownText.tsx'
import { targetOf } from './guides.ts'

export interface GuideTextProps {
  readonly text: string
  /** The page's own heading, which the text need not repeat. */
  readonly title: string
  /** The guide's file, which its links start from. */
  readonly path: string
  readonly guides: readonly GuideSummary[]
}

/** A guide: its headings can be linked to, and its links lead to the pages that they speak of. */
export function GuideText({ text, title, path, guides }: GuideTextProps) {
  const components: Components = {
    h1: ({ children, id }) =>
      textOf(children) === title ? null : (
        <Heading level={2} id={id}>
          {children}
        </Heading>
      ),
    h2: ({ children, id }) => (
      <Heading level={2} id={id}>
        {children}
      </Heading>
    ),
    h3: ({ children, id }) => (
      <Heading level={3} id={id}>
        {children}
      </Heading>
    ),
    h4: ({ children, id }) => (
      <Heading level={4} id={id}>
        {children}
      </Heading>
    ),
    a: ({ href = '', children }) => <GuideLink target={targetOf(href, path, guides)}>{children}</GuideLink>,
  }
  return (
    <MarkdownText text={text} className="guide-text" components={components} rehypePlugins={[rehypeSlug]} />
  )
}

function Heading({ level, id, children }: { level: 2 | 3 | 4; id: string | undefined; children: ReactNode }) {
  const anchor = id && (
    <Link to={`#${id}`} replace className="guide-anchor" aria-label="Link to this heading">
      #
    </Link>
  )
  return createElement(`h${level}`, { id, tabIndex: -1 }, children, anchor)
}

function GuideLink({ target, children }: { target: ReturnType<typeof targetOf>; children: ReactNode }) {
  if (target === null) return children
  if (target.kind === 'page') return <Link to={target.address}>{children}</Link>
  return (
    <a href={target.address} target="_blank" rel="noreferrer">
      {children}
    </a>
  )
}

function textOf(children: ReactNode): string {
  if (typeof children === 'string') return children
  return Array.isArray(children) ? children.map(textOf).join('') : ''
}
