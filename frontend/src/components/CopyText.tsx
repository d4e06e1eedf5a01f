import { CopyButton } from '@mantine/core'
import './short-id.css'

/** A text in full; a click copies it. */
export function CopyText({ text, what }: { text: string; what: string }) {
  return (
    <CopyButton value={text} timeout={1500}>
      {({ copied, copy }) => (
        <button type="button" className="short-id copy-text mono" onClick={copy} title={`Copy the ${what}`}>
          {copied ? 'copied' : text}
          <span className="hidden-text">, copy the {what}</span>
        </button>
      )}
    </CopyButton>
  )
}
