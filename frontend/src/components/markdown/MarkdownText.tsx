import Markdown, { type Components, type Options } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { Scrollable } from '../Scrollable.tsx'
import { CodeBlock } from './CodeBlock.tsx'
import './markdown.css'

/** Markdown as it is meant to be read. HTML in it is left out, so that no text brings code to the page. */
export function MarkdownText(props: {
  text: string
  className?: string
  /** In place of those for all texts. */
  components?: Components
  rehypePlugins?: NonNullable<Options['rehypePlugins']>
}) {
  const { text, className = '', components, rehypePlugins = [] } = props
  return (
    <div className={`prose ${className}`}>
      <Markdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={rehypePlugins}
        components={{ ...forAllTexts, ...components }}
        skipHtml
      >
        {text}
      </Markdown>
    </div>
  )
}

const forAllTexts: Components = {
  pre: CodeBlock,
  a: ({ href, children }) =>
    href && /^(?:https?|mailto):/i.test(href) ? (
      <a href={href} target="_blank" rel="noreferrer">
        {children}
      </a>
    ) : (
      children
    ),
  table: ({ children }) => (
    <Scrollable role="group" aria-label="Table" className="prose-table">
      <table>{children}</table>
    </Scrollable>
  ),
  // A column may have no name; an empty heading would be read out.
  th: ({ children }) => (children ? <th scope="col">{children}</th> : <td />),
  // No picture is fetched from elsewhere, and none is served from here.
  img: ({ alt }) => <span className="soft">{alt}</span>,
}
