import { Button, CopyButton, Modal } from '@mantine/core'
import { Scrollable } from '../../../components/Scrollable.tsx'
import { changedLines } from './changed-lines.ts'
import type { Meanwhile } from './use-saving.ts'

/** Somebody was faster: both texts where they differ. What was typed stays until one of them is chosen. */
export function MeanwhileDialog(props: {
  name: string
  mine: string
  meanwhile: Meanwhile
  busy: boolean
  onMine: (ifVersion: string | undefined) => void
  onTheirs: () => void
  onClose: () => void
}) {
  const { name, mine, meanwhile, busy, onMine, onTheirs, onClose } = props
  const { theirs } = meanwhile
  return (
    <Modal opened onClose={onClose} size="xl" centered title={`${name} was changed meanwhile`}>
      <div className="stack">
        <p>
          {theirs === null
            ? 'It was removed since you read it. Nothing was written; what you typed is still in the editor.'
            : 'Nothing was written. Below is where the two texts differ; what you typed is still in the editor.'}
        </p>
        {theirs && <Sides mine={mine} theirs={theirs.text} />}
        <div className="row wrap">
          <Button loading={busy} onClick={() => onMine(theirs?.version)}>
            {theirs === null ? 'Write mine anew' : 'Replace theirs by mine'}
          </Button>
          {theirs !== null && (
            <Button variant="default" onClick={onTheirs}>
              Take theirs into the editor
            </Button>
          )}
          <CopyButton value={mine} timeout={1500}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? 'Copied' : 'Copy mine'}
              </Button>
            )}
          </CopyButton>
          <Button variant="subtle" className="push" onClick={onClose}>
            Go on editing
          </Button>
        </div>
      </div>
    </Modal>
  )
}

function Sides({ mine, theirs }: { mine: string; theirs: string }) {
  const changed = changedLines(mine, theirs)
  const side = (title: string, lines: readonly string[]) => (
    <section className="stack-small">
      <h3>
        {title} <span className="small soft">from line {changed.firstLine}</span>
      </h3>
      <Scrollable className="composed" aria-label={title}>
        <pre>{lines.length === 0 ? '(no such lines)' : lines.join('\n')}</pre>
      </Scrollable>
    </section>
  )
  return (
    <div className="sides">
      {side('Mine', changed.mine)}
      {side('Theirs', changed.theirs)}
    </div>
  )
}
