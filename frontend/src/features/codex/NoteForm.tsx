import { Button, Textarea } from '@mantine/core'
import { type CodexSession, noteTask } from '@sre-toolbox/contract/codex/sessions'
import { type FormEvent, useState } from 'react'
import { useParams } from 'react-router'
import { useApp } from '../../lib/app-context.ts'
import { useStep } from './use-step.ts'

export function NoteForm({ session }: { session: CodexSession }) {
  const { workspaceId = '' } = useParams()
  const { api } = useApp()
  const [text, setText] = useState('')
  const note = useStep(
    () => api.call(noteTask, { workspaceId, sessionId: session.id, text: text.trim() }),
    () => setText(''),
  )
  function submit(event: FormEvent) {
    event.preventDefault()
    if (text.trim()) note.mutate()
  }
  return (
    <form onSubmit={submit} className="stack-small">
      <Textarea
        label="Note"
        description="what you saw, and what comes next; goes into the journal"
        autosize
        minRows={2}
        maxRows={12}
        maxLength={10_000}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {note.error && (
        <p role="alert" className="form-error">
          {note.error.message}
        </p>
      )}
      <div>
        <Button type="submit" loading={note.isPending} disabled={!text.trim()}>
          Write it down
        </Button>
      </div>
    </form>
  )
}
