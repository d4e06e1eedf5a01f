import { Textarea, TextInput } from '@mantine/core'
import { blockTask } from '@sre-toolbox/contract/codex/backlog'
import {
  type CodexSession,
  finishSession,
  handOverTask,
  pauseTask,
  releaseTask,
} from '@sre-toolbox/contract/codex/sessions'
import { useState } from 'react'
import { useParams } from 'react-router'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import type { Api } from '../../lib/api.ts'
import { useApp } from '../../lib/app-context.ts'
import { useStep } from './use-step.ts'

interface Said {
  readonly workspaceId: string
  readonly session: CodexSession
  readonly text: string
  readonly to: string
}

interface StepForm {
  readonly title: string
  readonly effect: string
  readonly confirm: string
  readonly label: string
  readonly take: (api: Api, said: Said) => Promise<unknown>
}

const at = ({ workspaceId, session }: Said) => ({ workspaceId, sessionId: session.id })

const forms = {
  pause: {
    title: 'Pause',
    effect: 'The task stays yours for a day.',
    confirm: 'Pause it',
    label: 'Why',
    take: (api, said) => api.call(pauseTask, { ...at(said), why: said.text }),
  },
  handOver: {
    title: 'Hand over',
    effect: 'Your session ends; the task stays in progress, free for who comes next.',
    confirm: 'Hand it over',
    label: 'What they need to know',
    take: (api, said) => api.call(handOverTask, { ...at(said), to: said.to, text: said.text }),
  },
  finish: {
    title: 'End the session',
    effect: 'The task stays in progress, free for the next session.',
    confirm: 'End it',
    label: 'How far it is, and what comes next',
    take: (api, said) => api.call(finishSession, { ...at(said), text: said.text }),
  },
  release: {
    title: 'Give the task back',
    effect: 'Your session ends and the task returns to the backlog.',
    confirm: 'Give it back',
    label: 'Why',
    take: (api, said) => api.call(releaseTask, { ...at(said), why: said.text }),
  },
  block: {
    title: 'Blocked',
    effect: 'Your session ends, and the task waits until this is there.',
    confirm: 'Block it',
    label: 'What is missing',
    take: (api, { workspaceId, session, text }) => {
      const [area = '', task = ''] = session.task.split('/')
      return api.call(blockTask, { workspaceId, area, task, missing: { text } })
    },
  },
} satisfies Record<string, StepForm>

export type StepKind = keyof typeof forms

/** A step that needs words. */
export function StepDialog(props: { kind: StepKind; session: CodexSession; onClose: () => void }) {
  const { kind, session, onClose } = props
  const { workspaceId = '' } = useParams()
  const { api } = useApp()
  const [text, setText] = useState('')
  const [to, setTo] = useState('')
  const form: StepForm = forms[kind]
  const step = useStep(
    () => form.take(api, { workspaceId, session, text: text.trim(), to: to.trim() }),
    onClose,
  )
  return (
    <ConfirmDialog
      opened
      title={`${form.title}: ${session.title}`}
      confirm={form.confirm}
      cancel="Cancel"
      danger={kind === 'release'}
      busy={step.isPending}
      error={step.error}
      disabled={!text.trim() || (kind === 'handOver' && !to.trim())}
      onClose={onClose}
      onConfirm={() => step.mutate()}
    >
      <p>{form.effect}</p>
      {kind === 'handOver' && (
        <TextInput
          label="To"
          required
          maxLength={200}
          value={to}
          onChange={({ currentTarget }) => setTo(currentTarget.value)}
          data-autofocus
        />
      )}
      <Textarea
        label={form.label}
        required
        autosize
        minRows={2}
        maxRows={10}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        data-autofocus={kind !== 'handOver' || undefined}
      />
    </ConfirmDialog>
  )
}
