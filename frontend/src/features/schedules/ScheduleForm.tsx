import { NumberInput, Select, TextInput } from '@mantine/core'
import type { Schedule, Timing } from '@sre-toolbox/contract/schedules'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { SchemaForm } from '../../components/schema-form/SchemaForm.tsx'
import { Failure, Loading } from '../../components/states.tsx'
import { useApp } from '../../lib/app-context.ts'
import { toolkitQuery, toolkitsQuery } from '../../lib/queries.ts'
import { TimingFields } from './TimingFields.tsx'
import { type TimingDraft, toTiming } from './timing-draft.ts'

export interface ScheduleDraft {
  readonly name: string
  readonly toolkit: string | null
  readonly operation: string | null
  readonly input: Record<string, unknown>
  readonly timing: TimingDraft
  readonly overlap: Schedule['overlap']
  /** Null leaves it to what the operation does. */
  readonly missed: Schedule['missed'] | null
  readonly priority: number
}

/** What, when and by which rules. The input's own form comes last and sends all of it. */
export function ScheduleForm(props: {
  draft: ScheduleDraft
  /** The timing of the schedule that is changed. */
  saved?: Timing
  onChange: (draft: ScheduleDraft) => void
  onSubmit: (draft: ScheduleDraft) => void
  submit: string
  busy: boolean
  error: Error | null
}) {
  const { draft, onChange } = props
  const { api } = useApp()
  const toolkits = useQuery(toolkitsQuery(api))
  const detail = useQuery({ ...toolkitQuery(api, draft.toolkit ?? ''), enabled: draft.toolkit !== null })
  const [missing, setMissing] = useState(false)
  const set = (change: Partial<ScheduleDraft>) => onChange({ ...draft, ...change })

  const operations = detail.data?.toolkit.operationList.filter(({ mode }) => mode === 'job') ?? []
  const chosen = operations.find(({ operation }) => operation === draft.operation)
  const isDestructive = chosen?.effect === 'destructive'
  const missed = draft.missed ?? (isDestructive ? 'skip' : 'run_late')

  function submit(input: Record<string, unknown>) {
    const isComplete = draft.name.trim() !== '' && toTiming(draft.timing) !== null
    setMissing(!isComplete)
    if (isComplete) props.onSubmit({ ...draft, input, missed, name: draft.name.trim() })
  }
  if (toolkits.error && !toolkits.data)
    return (
      <Failure error={toolkits.error} what="The form can't be shown" retry={() => void toolkits.refetch()} />
    )
  return (
    <div className="schedule-form stack">
      <section className="card pad stack" aria-labelledby="schedule-what">
        <h2 id="schedule-what">What</h2>
        <TextInput
          label="Name"
          description="what others know it by"
          required
          maxLength={100}
          value={draft.name}
          error={missing && draft.name.trim() === '' && 'Give it a name.'}
          onChange={({ currentTarget }) => set({ name: currentTarget.value })}
        />
        <div className="timing-fields">
          <Select
            label="Toolkit"
            placeholder="Choose one"
            required
            allowDeselect={false}
            data={toolkits.data?.items.map(({ slug, name }) => ({ value: slug, label: name })) ?? []}
            value={draft.toolkit}
            onChange={(toolkit) => set({ toolkit, operation: null, input: {} })}
          />
          <Select
            label="Operation"
            placeholder={detail.data && operations.length === 0 ? 'None of them runs as a job' : 'Choose one'}
            required
            allowDeselect={false}
            disabled={operations.length === 0}
            data={operations.map(({ operation, title }) => ({ value: operation, label: title }))}
            value={draft.operation}
            onChange={(operation) => set({ operation, input: {} })}
          />
        </div>
        {detail.data && operations.length === 0 && (
          <p className="soft">
            All that {detail.data.toolkit.name} offers answers at once. Only jobs can be scheduled.
          </p>
        )}
        {detail.error && (
          <Failure
            error={detail.error}
            what="Its operations can't be read"
            retry={() => void detail.refetch()}
          />
        )}
      </section>
      <section className="card pad stack" aria-labelledby="schedule-when">
        <h2 id="schedule-when">When</h2>
        <TimingFields draft={draft.timing} saved={props.saved} onChange={(timing) => set({ timing })} />
        <div className="timing-fields">
          <Select
            label="While the job before is not over"
            allowDeselect={false}
            data={[
              { value: 'skip', label: 'leave the new run out' },
              { value: 'allow', label: 'run both', disabled: isDestructive },
            ]}
            value={draft.overlap}
            onChange={(overlap) => overlap && set({ overlap: overlap as ScheduleDraft['overlap'] })}
          />
          <Select
            label="What an outage made it miss"
            allowDeselect={false}
            data={[
              { value: 'run_late', label: 'run it once, late' },
              { value: 'skip', label: 'leave it out' },
            ]}
            value={missed}
            onChange={(rule) => rule && set({ missed: rule as Schedule['missed'] })}
          />
          <NumberInput
            label="Priority of its jobs"
            description="higher runs first"
            min={-100}
            max={100}
            allowDecimal={false}
            value={draft.priority}
            onChange={(priority) => typeof priority === 'number' && set({ priority })}
          />
        </div>
      </section>
      <section className="card pad stack" aria-labelledby="schedule-input">
        <h2 id="schedule-input">Input</h2>
        {isDestructive && (
          <p className="schedule-warning">
            {chosen.title} destroys something, each time it is due, and nobody is asked again.
          </p>
        )}
        {chosen ? (
          <SchemaForm
            key={chosen.id}
            name="schedule"
            schema={chosen.input}
            value={draft.input}
            onChange={(input) => set({ input })}
            onSubmit={submit}
            submit={props.submit}
            danger={isDestructive}
            busy={props.busy}
            error={props.error}
          />
        ) : draft.toolkit !== null && detail.isPending ? (
          <Loading what="the form" lines={3} />
        ) : (
          <p className="soft">Choose an operation first: its form shows up here.</p>
        )}
      </section>
    </div>
  )
}
