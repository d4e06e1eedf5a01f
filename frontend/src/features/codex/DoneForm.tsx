import { ActionIcon, Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { doneTask } from '@sre-toolbox/contract/codex/sessions'
import { useQuery } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useParams } from 'react-router'
import { Failure, Loading } from '../../components/states.tsx'
import { useApp } from '../../lib/app-context.ts'
import { newKey } from '../../lib/new-key.ts'
import { type BoxAnswer, BoxAnswers, isAnswered } from './BoxAnswers.tsx'
import { boxesQuery } from './codex-queries.ts'
import { useStep } from './use-step.ts'
import './done-form.css'

const kinds = [
  { value: 'api', label: 'API' },
  { value: 'route', label: 'Page' },
  { value: 'log', label: 'Log' },
  { value: 'metric', label: 'Metric' },
] as const
type Kind = (typeof kinds)[number]['value']
interface Outcome {
  readonly key: string
  readonly kind: Kind
  readonly text: string
}
const newOutcome = (): Outcome => ({ key: newKey(), kind: 'api', text: '' })

/** Closes a task: what can be seen from outside now, what was learned, and each box of the template answered. */
export function DoneForm(props: {
  /** The session on it; one that is begun for this where nobody holds it yet. */
  session: () => string | Promise<string>
  /** What else has to be said first. */
  children?: ReactNode
  disabled?: boolean
  onDone?: () => void
}) {
  const { workspaceId = '' } = useParams()
  const { api } = useApp()
  const boxes = useQuery(boxesQuery(api, workspaceId))
  const [lesson, setLesson] = useState('')
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>(() => [newOutcome()])
  const [answers, setAnswers] = useState<ReadonlyMap<number, BoxAnswer>>(new Map())
  const [commit, setCommit] = useState(false)
  const open = boxes.data?.items.filter(({ ticked }) => !ticked) ?? []
  const done = useStep(
    async () => {
      const given = open.map(({ box }) => ({ box, answer: answers.get(box) }))
      return api.call(doneTask, {
        workspaceId,
        sessionId: await props.session(),
        lesson: lesson.trim(),
        outcomes: outcomes.map(({ kind, text }) => ({ kind, text: text.trim() })),
        confirm: given.filter(({ answer }) => answer?.how === 'confirm').map(({ box }) => box),
        waive: given.flatMap(({ box, answer }) =>
          answer?.how === 'waive' ? [{ box, reason: answer.reason.trim() }] : [],
        ),
        commit,
      })
    },
    ({ commit: made }) => {
      notifications.show({ message: made ? `Done, as commit ${made.slice(0, 8)}` : 'Done' })
      props.onDone?.()
    },
  )
  if (boxes.error)
    return <Failure error={boxes.error} what="The boxes can't be listed" retry={() => void boxes.refetch()} />
  if (!boxes.data) return <Loading what="the boxes" lines={4} />
  const change = (key: string, changed: Partial<Outcome>) =>
    setOutcomes(outcomes.map((outcome) => (outcome.key === key ? { ...outcome, ...changed } : outcome)))
  const ready =
    !props.disabled &&
    lesson.trim() !== '' &&
    outcomes.every(({ text }) => text.trim()) &&
    open.every(({ box }) => isAnswered(answers.get(box)))
  function submit(event: FormEvent) {
    event.preventDefault()
    if (ready) done.mutate()
  }
  return (
    <form onSubmit={submit} className="stack done-form" aria-label="Close the task">
      {props.children}
      <fieldset className="stack-small bare">
        <legend>What can be seen from outside now</legend>
        {outcomes.map((outcome, index) => (
          <div key={outcome.key} className="outcome">
            <Select
              aria-label={`Where outcome ${index + 1} is seen`}
              allowDeselect={false}
              data={[...kinds]}
              value={outcome.kind}
              onChange={(kind) => {
                const known = kinds.find(({ value }) => value === kind)
                if (known) change(outcome.key, { kind: known.value })
              }}
            />
            <TextInput
              aria-label={`Outcome ${index + 1}`}
              placeholder="GET /api/jobs answers in 3 ms"
              value={outcome.text}
              maxLength={2000}
              onChange={({ currentTarget }) => change(outcome.key, { text: currentTarget.value })}
            />
            <ActionIcon
              aria-label={`Leave out outcome ${index + 1}`}
              disabled={outcomes.length === 1}
              onClick={() => setOutcomes(outcomes.filter(({ key }) => key !== outcome.key))}
            >
              <Trash2 size={14} />
            </ActionIcon>
          </div>
        ))}
        <div>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<Plus size={12} />}
            onClick={() => setOutcomes([...outcomes, newOutcome()])}
          >
            Another outcome
          </Button>
        </div>
      </fieldset>
      <Textarea
        label="Lesson"
        description="what the next one should know"
        required
        autosize
        minRows={2}
        maxRows={8}
        value={lesson}
        onChange={({ currentTarget }) => setLesson(currentTarget.value)}
      />
      <BoxAnswers boxes={boxes.data.items} answers={answers} onChange={setAnswers} />
      <Checkbox
        label="Commit what is staged, together with the memory"
        checked={commit}
        onChange={({ currentTarget }) => setCommit(currentTarget.checked)}
      />
      {done.error && (
        <p role="alert" className="form-error done-error">
          {done.error.message}
        </p>
      )}
      <div>
        <Button type="submit" loading={done.isPending} disabled={!ready}>
          Close the task
        </Button>
      </div>
    </form>
  )
}
