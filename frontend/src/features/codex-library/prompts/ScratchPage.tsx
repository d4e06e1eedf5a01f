import { Button, CopyButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { useApp } from '../../../lib/app-context.ts'
import { saveText } from '../../../lib/save-text.ts'
import { WorkspaceSelect } from '../WorkspaceSelect.tsx'
import type { EditorHandle } from './editor/PromptEditor.tsx'
import { KeepOrLeave } from './KeepOrLeave.tsx'
import { workspaceNamesQuery } from './prompt-queries.ts'
import { Studio } from './Studio.tsx'
import '../library.css'

const ComposeDialog = lazy(async () => ({ default: (await import('./ComposeDialog.tsx')).ComposeDialog }))

/** The studio where nothing is kept: to compose and to check, by what a workspace adds if one is chosen, and to take along. */
export function ScratchPage() {
  const { api } = useApp()
  const editor = useRef<EditorHandle>(null)
  const [text, setText] = useState('')
  const [taken, setTaken] = useState('')
  const [composing, setComposing] = useState(false)
  const { data } = useQuery(workspaceNamesQuery(api))
  const workspaces = data?.items ?? []
  const [search, setSearch] = useSearchParams()
  const workspace = workspaces.find(({ id }) => id === search.get('workspace'))
  const ofWorkspace = workspace && { workspaceId: workspace.id }
  const choose = (id: string | null) => setSearch(id === null ? {} : { workspace: id }, { replace: true })
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
            {workspace ? (
              <>
                With what the repository of {workspace.name} adds, which also{' '}
                <Link to={`/codex/workspaces/${workspace.id}/prompts`}>keeps prompts</Link>.
              </>
            ) : (
              workspaces.length > 0 && 'A workspace has personas and tasks of its own, and keeps prompts.'
            )}
          </span>
        }
        actions={
          <>
            <WorkspaceSelect workspaces={workspaces} value={workspace?.id ?? null} onChange={choose} />
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
      <Studio
        {...ofWorkspace}
        initial=""
        text={text}
        editor={editor}
        onText={setText}
        onSave={download}
        head={null}
      />
      <Suspense>
        {composing && (
          <ComposeDialog
            {...ofWorkspace}
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
