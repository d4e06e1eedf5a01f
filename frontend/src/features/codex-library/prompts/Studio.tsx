import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, type RefObject, Suspense, useDeferredValue, useEffect } from 'react'
import { MarkdownText } from '../../../components/markdown/MarkdownText.tsx'
import { Scrollable } from '../../../components/Scrollable.tsx'
import { Mark } from '../../../components/StatusMark.tsx'
import { Failure, Loading } from '../../../components/states.tsx'
import { useApp } from '../../../lib/app-context.ts'
import { plural } from '../../../lib/format.ts'
import type { EditorHandle } from './editor/PromptEditor.tsx'
import { bodyOf } from './front-matter.ts'
import { PinnedDigest } from './PinnedDigest.tsx'
import { PromptFindings } from './PromptFindings.tsx'
import { checkQuery } from './prompt-queries.ts'
import './studio.css'

const PromptEditor = lazy(async () => ({
  default: (await import('./editor/PromptEditor.tsx')).PromptEditor,
}))

const pauseMs = 400

/** A prompt beside how it reads, with what is wrong with it as it is typed. */
export function Studio(props: {
  workspaceId?: string
  initial: string
  /** As it is in the editor now. */
  text: string
  editor: RefObject<EditorHandle | null>
  onText: (text: string) => void
  onSave: () => void
  /** Above the text: what it is called and what can be done with it. */
  head: ReactNode
}) {
  const { workspaceId, text, editor } = props
  const { api } = useApp()
  const [settled] = useDebouncedValue(text, pauseMs)
  const read = useDeferredValue(text)
  const { data: found, error, refetch } = useQuery(checkQuery(api, workspaceId, settled))
  useEffect(() => {
    // Places are those of the text that was checked.
    if (found && editor.current?.text() === found.text) editor.current.show(found.findings)
  }, [found, editor])
  const isCurrent = found?.text === text
  const findings = text === '' ? [] : (found?.findings ?? [])
  return (
    <div className="studio">
      <div className="stack">
        {props.head}
        <section className="card studio-text" aria-label="Text">
          <Suspense fallback={<Loading what="the editor" lines={10} />}>
            <PromptEditor
              ref={editor}
              label="Text of the prompt, in Markdown"
              text={props.initial}
              onChange={props.onText}
              onSave={props.onSave}
            />
          </Suspense>
        </section>
        <section className="card pad stack" aria-label="Findings">
          <header className="row wrap">
            <h2>Findings</h2>
            <span aria-live="polite">
              {!found || text === '' ? (
                <span className="soft">{text === '' ? 'nothing to check yet' : 'checking…'}</span>
              ) : findings.length === 0 ? (
                <Mark tone="good" shape="check" word="None" />
              ) : findings.every(({ severity }) => severity === 'hint') ? (
                <Mark tone="good" shape="check" word={`None, and ${plural(findings.length, 'hint')}`} />
              ) : (
                <Mark tone="bad" shape="bang" word={plural(findings.length, 'finding')} />
              )}
            </span>
            {found && !isCurrent && text !== '' && <span className="small soft">being checked again…</span>}
          </header>
          {error && <Failure error={error} what="It can't be checked" retry={() => void refetch()} />}
          {findings.length > 0 && (
            <PromptFindings findings={findings} onGo={(finding) => editor.current?.goTo(finding)} />
          )}
          {found && text !== '' && (
            <PinnedDigest
              digest={found.digest}
              pinned={found.pinned}
              text={text}
              isCurrent={isCurrent}
              onPin={(pinned) => editor.current?.replace(pinned)}
            />
          )}
        </section>
      </div>
      <Scrollable className="card pad studio-preview" aria-label="Preview">
        {read.trim() === '' ? (
          <p className="soft">What you write is shown here as it reads.</p>
        ) : (
          <MarkdownText text={bodyOf(read)} components={{ h1: 'h2', h2: 'h3', h3: 'h4' }} />
        )}
      </Scrollable>
    </div>
  )
}
