import { Checkbox, Select } from '@mantine/core'
import type { CodexTask } from '@sre-toolbox/contract/codex/library'
import { runTask } from '@sre-toolbox/contract/codex-runs'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import { SchemaForm } from '../../../components/schema-form/SchemaForm.tsx'
import { useApp } from '../../../lib/app-context.ts'
import { newKey } from '../../../lib/new-key.ts'
import { workspaceNamesQuery } from '../prompts/prompt-queries.ts'
import { inputSchema } from './input-schema.ts'

/** What the task must be told; running it leads to where its steps can be watched. */
export function RunForm({ task }: { task: CodexTask }) {
  const { api } = useApp()
  const navigate = useNavigate()
  const schema = useMemo(() => inputSchema(task.inputs), [task.inputs])
  const [inputs, setInputs] = useState<Record<string, unknown>>({})
  const [confirmed, setConfirmed] = useState<readonly string[]>([])
  const [workspaceId, setWorkspace] = useState<string | null>(null)
  const { data: workspaces } = useQuery(workspaceNamesQuery(api))
  const [idempotencyKey, setKey] = useState(newKey)
  const asking = task.steps.filter(({ confirm }) => confirm !== null)
  const run = useMutation({
    mutationFn: (sent: Record<string, unknown>) =>
      api.call(runTask, {
        task: task.slug,
        inputs: sent,
        confirmed: [...confirmed],
        idempotencyKey,
        ...(workspaceId && { workspaceId }),
      }),
    onSuccess: ({ job }) => navigate(`/codex/runs/${job.id}`),
  })
  if (!task.runnable) {
    return (
      <section className="card pad stack-small" aria-label="Run it">
        <h2>It can’t run here</h2>
        <p>This Toolbox does not offer what its steps call:</p>
        <ul className="bullets">
          {task.missingOperations.map((operation) => (
            <li key={operation}>
              <code>{operation}</code>
            </li>
          ))}
        </ul>
        <p className="soft">It becomes runnable by itself once it does.</p>
      </section>
    )
  }
  return (
    <section className="card pad stack" aria-label="Run it">
      <h2>Run it</h2>
      {task.inputs.length === 0 && <p className="soft">It needs to be told nothing.</p>}
      {asking.map((step) => (
        <Checkbox
          key={step.id}
          label={`Approve “${step.title}” now; otherwise the run waits there for a person`}
          checked={confirmed.includes(step.id)}
          onChange={({ currentTarget }) => {
            setConfirmed(
              currentTarget.checked ? [...confirmed, step.id] : confirmed.filter((id) => id !== step.id),
            )
            setKey(newKey())
          }}
        />
      ))}
      {workspaces && workspaces.items.length > 0 && (
        <Select
          label="Journal"
          description="of the workspace that gets the report"
          placeholder="none"
          clearable
          data={workspaces.items.map(({ id, name }) => ({ value: id, label: name }))}
          value={workspaceId}
          onChange={(id) => {
            setWorkspace(id)
            setKey(newKey())
          }}
        />
      )}
      <SchemaForm
        name={task.slug}
        schema={schema}
        value={inputs}
        onChange={(next) => {
          setInputs(next)
          setKey(newKey())
        }}
        onSubmit={(sent) => run.mutate(sent)}
        submit="Run the task"
        busy={run.isPending}
        error={run.error}
      />
    </section>
  )
}
