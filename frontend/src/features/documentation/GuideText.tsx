import type { GuideSummary } from '@sre-toolbox/contract/documentation'
import { createElement, type ReactNode } from 'react'
import Markdown, { type Components } from 'react-markdown'
import { Link } from 'react-router'
import rehypeSlug from 'rehype-slug'
import remarkGfm from 'remark-gfm'
import { Scrollable } from '../../components/Scrollable.tsx'
import { CodeBlock } from './CodeBlock.tsx'
import { targetOf } from './guides.ts'

export interface GuideTextProps {
  readonly text: string
  /** The page's own heading, which the text need not repeat. */
  readonly title: string
  /** The guide's file, which its links start from. */
  readonly path: string
  readonly guides: readonly GuideSummary[]
}

/** Markdown as it is meant to be read. HTML in it is left out, so that no guide brings code to the page. */
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
    pre: CodeBlock,
    table: ({ children }) => (
      <Scrollable role="group" aria-label="Table" className="guide-table">
        <table>{children}</table>
      </Scrollable>
    ),
    // A column may have no name; an empty heading would be read out.
    th: ({ children }) => (children ? <th scope="col">{children}</th> : <td />),
    // A guide shows no picture from elsewhere, and toolkits serve none.
    img: ({ alt }) => <span className="soft">{alt}</span>,
  }
  return (
    <div className="guide-text">
      <Markdown remarkPlugins={[remarkGfm]} rehypePlugins={[rehypeSlug]} components={components} skipHtml>
        {text}
      </Markdown>
    </div>
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
