import { CopyButton } from '@mantine/core'
import { Check, Copy } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ExtraProps } from 'react-markdown'
import { Scrollable } from '../Scrollable.tsx'

/** Code, with a button that copies it without its last line break. */
export function CodeBlock({ node, children }: { children?: ReactNode } & ExtraProps) {
  return (
    <div className="prose-code">
      <Scrollable role="group" aria-label="Code" className="prose-code-scroll">
        <pre>{children}</pre>
      </Scrollable>
      <CopyButton value={codeOf(node)} timeout={1500}>
        {({ copied, copy }) => (
          <button
            type="button"
            className="prose-copy"
            onClick={copy}
            aria-label={copied ? 'Copied' : 'Copy the code'}
          >
            {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
          </button>
        )}
      </CopyButton>
    </div>
  )
}

type HtmlNode = NonNullable<ExtraProps['node']>['children'][number]

function codeOf(node: HtmlNode | undefined): string {
  if (!node) return ''
  if (node.type === 'text') return node.value
  return 'children' in node ? node.children.map(codeOf).join('').replace(/\n$/, '') : ''
}
