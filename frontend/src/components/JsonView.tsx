import { Button, CopyButton } from '@mantine/core'
import { useMemo } from 'react'
import { Scrollable } from './Scrollable.tsx'
import './json-view.css'

const tokens = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
/** Colouring each token of something very long would hold up the page. */
const longestColoured = 60_000

/** A value as indented JSON that can be copied. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  const text = useMemo(() => JSON.stringify(value, null, 2) ?? 'null', [value])
  const parts = useMemo(() => (text.length > longestColoured ? [text] : coloured(text)), [text])
  return (
    <figure className="json-view">
      <CopyButton value={text} timeout={1500}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="default" onClick={copy} className="json-view-copy">
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
      <Scrollable aria-label={label}>
        <pre>{parts}</pre>
      </Scrollable>
    </figure>
  )
}

function coloured(text: string) {
  const parts = []
  let end = 0
  for (const match of text.matchAll(tokens)) {
    const [token, quoted, colon, word] = match
    const kind = colon ? 'key' : quoted ? 'text' : word ? 'word' : 'amount'
    parts.push(text.slice(end, match.index))
    parts.push(
      <span key={match.index} className={`json-${kind}`}>
        {colon ? quoted : token}
      </span>,
    )
    if (colon) parts.push(colon)
    end = match.index + token.length
  }
  parts.push(text.slice(end))
  return parts
}
