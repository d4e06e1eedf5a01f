import { Button, CopyButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useRef, useState } from 'react'
import { Link } from 'react-router'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { useApp } from '../../../lib/app-context.ts'
import { saveText } from '../../../lib/save-text.ts'
import type { EditorHandle } from './editor/PromptEditor.tsx'
import { KeepOrLeave } from './KeepOrLeave.tsx'
import { workspaceNamesQuery } from './prompt-queries.ts'
import { Studio } from './Studio.tsx'
import '../library.css'

const ComposeDialog = lazy(async () => ({ default: (await import('./ComposeDialog.tsx')).ComposeDialog }))

/** The studio without a workspace: to compose and to check, and to take the text along. */
export function ScratchPage() {
  const { api } = useApp()
  const editor = useRef<EditorHandle>(null)
  const [text, setText] = useState('')
  const [taken, setTaken] = useState('')
  const [composing, setComposing] = useState(false)
  const { data } = useQuery(workspaceNamesQuery(api))
  const workspaces = data?.items ?? []
  function download() {
    saveText('prompt.md', text, 'text/markdown')
    setTaken(text)
  }
  return (
    <>
      <PageHeader
        title="Prompt studio"
        crumbs={[{ title: 'Codex', to: '/codex' }]}
        note={
          <span className="linked-words">
            Compose and check without keeping.{' '}
            {workspaces.length > 0 && (
              <>
                Prompts are kept in{' '}
                {workspaces.map(({ id, name }, index) => (
                  <span key={id}>
                    {index > 0 && ', '}
                    <Link to={`/codex/workspaces/${id}/prompts`}>{name}</Link>
                  </span>
                ))}
                .
              </>
            )}
          </span>
        }
        actions={
          <>
            <CopyButton value={text} timeout={1500}>
              {({ copied, copy }) => (
                <Button
                  variant="default"
                  disabled={text === ''}
                  onClick={() => {
                    copy()
                    setTaken(text)
                  }}
                >
                  {copied ? 'Copied' : 'Copy'}
                </Button>
              )}
            </CopyButton>
            <Button variant="default" disabled={text === ''} onClick={download}>
              Download
            </Button>
            <Button onClick={() => setComposing(true)}>Compose…</Button>
          </>
        }
      />
      <Studio initial="" text={text} editor={editor} onText={setText} onSave={download} head={null} />
      <Suspense>
        {composing && (
          <ComposeDialog
            uses={[
              {
                title: 'Put it into the editor',
                act: (composed) => {
                  editor.current?.replace(composed.text)
                  setComposing(false)
                },
              },
            ]}
            onClose={() => setComposing(false)}
          />
        )}
      </Suspense>
      <KeepOrLeave unsaved={text !== taken} what="the prompt" />
    </>
  )
}
