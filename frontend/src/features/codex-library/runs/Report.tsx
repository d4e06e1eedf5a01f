import { Button, CopyButton } from '@mantine/core'
import { Copy, Download } from 'lucide-react'
import { MarkdownText } from '../../../components/markdown/MarkdownText.tsx'
import { saveText } from '../../../lib/save-text.ts'

/** The report for people: to be read here, pasted into an incident, or kept. */
export function Report({ id, task, markdown }: { id: string; task: string; markdown: string }) {
  return (
    <div className="stack report">
      <div className="row wrap">
        <CopyButton value={markdown} timeout={1500}>
          {({ copied, copy }) => (
            <Button variant="default" size="xs" leftSection={<Copy size={13} />} onClick={copy}>
              {copied ? 'Copied' : 'Copy as Markdown'}
            </Button>
          )}
        </CopyButton>
        <Button
          variant="default"
          size="xs"
          leftSection={<Download size={13} />}
          onClick={() => saveText(`${task}-${id}.md`, markdown, 'text/markdown')}
        >
          Download
        </Button>
      </div>
      <article className="card pad" aria-label="Report">
        <MarkdownText text={markdown} components={{ h1: 'h2', h2: 'h3' }} />
      </article>
    </div>
  )
}
