import { Button, Modal, Select } from '@mantine/core'
import type { LibraryOrigin } from '@sre-toolbox/contract/codex/library'
import { composePrompt } from '@sre-toolbox/contract/codex-prompts'
import type { CallInputOf, OutputOf } from '@sre-toolbox/contract/operation'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Scrollable } from '../../../components/Scrollable.tsx'
import { SchemaForm } from '../../../components/schema-form/SchemaForm.tsx'
import { Failure, Loading } from '../../../components/states.tsx'
import { useApp } from '../../../lib/app-context.ts'
import { personasQuery } from '../../../lib/queries.ts'
import { taskQuery, tasksQuery } from '../library-queries.ts'
import { byOrigin, Origin } from '../Origin.tsx'
import { inputSchema } from '../tasks/input-schema.ts'

export type Composed = OutputOf<typeof composePrompt>
export interface Use {
  readonly title: string
  readonly act: (composed: Composed) => void
}

/** A prompt from a persona, a task and the state of this Toolbox, to be used in one of the ways that are offered. */
export function ComposeDialog(props: { workspaceId?: string; uses: readonly Use[]; onClose: () => void }) {
  const { workspaceId, uses, onClose } = props
  const { api } = useApp()
  const compose = useMutation({
    mutationFn: (request: CallInputOf<typeof composePrompt>) =>
      api.call(composePrompt, { ...request, ...(workspaceId && { workspaceId }) }),
  })
  return (
    <Modal opened onClose={onClose} title="Compose a prompt" size="xl" centered>
      {compose.data ? (
        <Result composed={compose.data} uses={uses} onBack={compose.reset} />
      ) : (
        <Ask
          workspaceId={workspaceId}
          busy={compose.isPending}
          error={compose.error}
          onCompose={compose.mutate}
        />
      )}
    </Modal>
  )
}

function Ask(props: {
  workspaceId: string | undefined
  busy: boolean
  error: Error | null
  onCompose: (request: CallInputOf<typeof composePrompt>) => void
}) {
  const { workspaceId } = props
  const { api } = useApp()
  const { data: personas } = useQuery(personasQuery(api, workspaceId))
  const library = useQuery(tasksQuery(api, workspaceId))
  const tasks = library.data
  const [task, setTask] = useState<string | null>(null)
  const [persona, setPersona] = useState<string | null>(null)
  const [inputs, setInputs] = useState<Record<string, unknown>>({})
  const { data: known } = useQuery({ ...taskQuery(api, task ?? '', workspaceId), enabled: task !== null })
  const schema = useMemo(() => inputSchema(known?.task.inputs ?? [], true), [known])
  function choose(slug: string | null) {
    setTask(slug)
    setInputs({})
    setPersona(tasks?.items.find((each) => each.slug === slug)?.persona ?? persona)
  }
  if (library.error && !tasks) {
    return (
      <Failure error={library.error} what="The library can't be read" retry={() => void library.refetch()} />
    )
  }
  if (!tasks) return <Loading what="the library" />
  const chosen = tasks.items.find(({ slug }) => slug === task)
  return (
    <div className="stack">
      <p className="soft">
        From a persona, a task and how this Toolbox is now. The same facts and inputs give the same text.
      </p>
      <Select
        label="Task"
        required
        searchable
        data={optionsOf(tasks.items, ({ slug, title }) => ({ value: slug, label: title }))}
        value={task}
        onChange={choose}
        data-autofocus
      />
      {chosen?.origin && <Origin origin={chosen.origin} />}
      <Select
        label="Persona"
        description="that of the task, unless you choose another"
        required
        data={optionsOf(personas?.items ?? [], ({ slug, name }) => ({ value: slug, label: name }))}
        value={persona}
        onChange={setPersona}
      />
      {task && persona && known?.task.slug === task && (
        <>
          {known.task.inputs.length > 0 && (
            <p className="soft small">
              What you leave empty stays a placeholder for whoever uses the prompt.
            </p>
          )}
          <SchemaForm
            key={task}
            name="compose"
            schema={schema}
            value={inputs}
            onChange={setInputs}
            onSubmit={(given) => props.onCompose({ task, persona, inputs: given as Record<string, string> })}
            submit="Compose"
            busy={props.busy}
            error={props.error}
          />
        </>
      )}
    </div>
  )
}

/** Under whose they are, where others add some. */
function optionsOf<Item extends { readonly origin: LibraryOrigin }>(
  items: readonly Item[],
  option: (item: Item) => { value: string; label: string },
) {
  return byOrigin(items).map(({ group, items: own }) => ({ group, items: own.map(option) }))
}

function Result(props: { composed: Composed; uses: readonly Use[]; onBack: () => void }) {
  const { composed, uses, onBack } = props
  return (
    <div className="stack">
      {composed.notOffered.length > 0 && (
        <p className="form-error">
          This Toolbox does not offer <code>{composed.notOffered.join(', ')}</code>; the text names it as
          missing.
        </p>
      )}
      <Scrollable className="composed" aria-label="The composed prompt">
        <pre>{composed.text}</pre>
      </Scrollable>
      <p className="small soft cut">
        Digest <code>{composed.digest}</code>
      </p>
      <div className="row wrap">
        {uses.map(({ title, act }, index) => (
          <Button key={title} variant={index === 0 ? 'filled' : 'default'} onClick={() => act(composed)}>
            {title}
          </Button>
        ))}
        <Button variant="subtle" className="push" onClick={onBack}>
          Back
        </Button>
      </div>
    </div>
  )
}
