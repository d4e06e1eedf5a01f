import { Button } from '@mantine/core'
import type { StoredPrompt } from '@sre-toolbox/contract/codex-prompts'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useApp, useUser } from '../../../lib/app-context.ts'
import { may } from '../../../lib/may.ts'
import type { EditorHandle } from './editor/PromptEditor.tsx'
import { KeepOrLeave } from './KeepOrLeave.tsx'
import { MeanwhileDialog } from './MeanwhileDialog.tsx'
import { PromptMenu } from './PromptMenu.tsx'
import { promptQuery } from './prompt-queries.ts'
import { Studio } from './Studio.tsx'
import { useSaving } from './use-saving.ts'

const ComposeDialog = lazy(async () => ({ default: (await import('./ComposeDialog.tsx')).ComposeDialog }))

/** A prompt that a workspace keeps: edited, checked, and saved where nobody was faster. */
export function PromptStudio({ workspaceId, stored }: { workspaceId: string; stored: StoredPrompt }) {
  const { api, queries } = useApp()
  const user = useUser()
  const editor = useRef<EditorHandle>(null)
  const [initial] = useState(stored.text)
  const [text, setText] = useState(stored.text)
  const [composing, setComposing] = useState(false)
  const { base, setBase, save, meanwhile, setMeanwhile } = useSaving(workspaceId, stored)
  const unsaved = text !== base.text
  const curator = may(user, 'toolkit.curator')
  const isOld = stored.version !== base.version
  const onSave = () => {
    if (curator && unsaved && !save.isPending) save.mutate({ text, ifVersion: base.version })
  }
  function take(theirs: StoredPrompt) {
    setBase(theirs)
    setMeanwhile(null)
    editor.current?.replace(theirs.text)
  }
  useEffect(() => {
    // What somebody else wrote shows by itself only where nothing is typed over.
    if (!isOld || unsaved) return
    setBase(stored)
    editor.current?.replace(stored.text)
  }, [isOld, unsaved, stored, setBase])
  const fault = meanwhile === null ? save.error : null
  return (
    <>
      <Studio
        workspaceId={workspaceId}
        initial={initial}
        text={text}
        editor={editor}
        onText={setText}
        onSave={onSave}
        head={
          <header className="stack-small">
            <div className="row wrap">
              <h2>{base.name}</h2>
              <span className="small soft" aria-live="polite">
                {unsaved ? 'not saved' : 'saved'}
              </span>
              <div className="row push">
                <Button variant="default" size="xs" onClick={() => setComposing(true)}>
                  Compose…
                </Button>
                {curator && <PromptMenu workspaceId={workspaceId} prompt={base} unsaved={unsaved} />}
                <Button size="xs" disabled={!unsaved || !curator} loading={save.isPending} onClick={onSave}>
                  Save
                </Button>
              </div>
            </div>
            {!curator && <p className="small soft">To save it needs the role toolkit.curator.</p>}
            {isOld && unsaved && (
              <p className="approval-note">
                It was changed meanwhile. Saving shows you both before it writes.
              </p>
            )}
            {fault && (
              <p role="alert" className="form-error">
                {fault.message}
              </p>
            )}
          </header>
        }
      />
      <Suspense>
        {composing && (
          <ComposeDialog
            workspaceId={workspaceId}
            uses={[
              {
                title: 'Insert it at the cursor',
                act: (composed) => {
                  editor.current?.insert(composed.text)
                  setComposing(false)
                },
              },
              {
                title: 'Replace the text by it',
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
      {meanwhile && (
        <MeanwhileDialog
          name={base.name}
          mine={text}
          meanwhile={meanwhile}
          busy={save.isPending}
          onMine={(ifVersion) => save.mutate({ text, ifVersion })}
          onTheirs={() => meanwhile.theirs && take(meanwhile.theirs)}
          onClose={() => {
            setMeanwhile(null)
            save.reset()
            void queries.invalidateQueries({
              queryKey: promptQuery(api, workspaceId, base.name).queryKey,
            })
          }}
        />
      )}
      <KeepOrLeave unsaved={unsaved} what={base.name} />
    </>
  )
}
