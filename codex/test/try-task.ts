import { CodexError } from '../src/kernel/errors.ts'
import { loadPersonas } from '../src/personas/load-personas.ts'
import { beginRun, type RunState } from '../src/runbooks/run-state.ts'
import { runTask } from '../src/runbooks/run-task.ts'
import { type TaskDefinition, taskDefinition } from '../src/tasks/task.ts'
import type { ScriptedToolbox } from './scripted-toolbox.ts'

const personas = loadPersonas()

/** A task of these parts; the rest is as plain as can be. */
export function taskOf(parts: Partial<Record<keyof TaskDefinition, unknown>>): TaskDefinition {
  return taskDefinition.parse({
    slug: 'try',
    title: 'Try',
    group: 'monitoring',
    persona: 'sre-orchestrator',
    routes: ['/'],
    success: [{ text: 'It is done.', holds: [{ value: '{{inputs.x}}', exists: false }] }],
    ...parts,
  })
}

export function begin(task: TaskDefinition, inputs: Record<string, unknown> = {}): RunState {
  const now = new Date('2026-03-01T09:00:00.000Z')
  return beginRun(task, { id: 'run-1', inputs, toolbox: 'http://toolbox', actor: 'ada', now })
}

export function carryOn(
  task: TaskDefinition,
  state: RunState,
  host: ScriptedToolbox,
  signal = new AbortController().signal,
) {
  const persona = personas.find(({ slug }) => slug === task.persona)
  if (!persona) throw new Error(`no persona ${task.persona}`)
  return runTask({ task, persona, state, host, signal })
}

export const statuses = ({ report }: RunState) => report.steps.map(({ status }) => status)
export const roleMissing = () => {
  throw new CodexError(
    'role_missing',
    'user',
    'users.list needs the role superuser, which ada does not hold.',
    {
      requiredRole: 'superuser',
    },
  )
}
