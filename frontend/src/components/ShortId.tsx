import { CopyButton, Tooltip } from '@mantine/core'
import { shortId } from '../lib/format.ts'
import './short-id.css'

/** The last characters of an id; a click copies all of it. */
export function ShortId({ id, what }: { id: string; what: string }) {
  return (
    <CopyButton value={id} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : id} openDelay={300}>
          <button type="button" className="short-id mono" onClick={copy}>
            {copied ? 'copied' : shortId(id)}
            <span className="hidden-text">, copy the whole id of the {what}</span>
          </button>
        </Tooltip>
      )}
    </CopyButton>
  )
}
