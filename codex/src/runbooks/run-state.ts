import { type RunReport, type RunStep, runReport } from '@sre-toolbox/contract/codex-runs'
import { z } from 'zod'
import { CodexError, refuse } from '../kernel/errors.ts'
import { sha256 } from '../kernel/sha256.ts'
import type { TaskDefinition } from '../tasks/task.ts'

/** A run as its host keeps it: with this, another process, person or agent goes on at the step where it stopped. */
const runState = z.strictObject({
  report: runReport,
  /** What each finished step answered, by its id. */
  answers: z.record(z.string(), z.unknown()),
  /** Of the task as it was: a run never goes on with other steps than it began with. */
  taskDigest: z.string(),
})
export type RunState = z.infer<typeof runState>

export interface NewRun {
  readonly id: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly toolbox: string
  readonly actor: string
  readonly now: Date
}

export function beginRun(task: TaskDefinition, { id, inputs, toolbox, actor, now }: NewRun): RunState {
  const report: RunReport = {
    schemaVersion: 1,
    id,
    task: task.slug,
    title: task.title,
    persona: task.persona,
    toolbox,
    actor,
    startedAt: now.toISOString(),
    endedAt: null,
    outcome: 'running',
    inputs: { ...inputs },
    steps: task.steps.map(freshStep),
    evidence: {},
    success: task.success.map(({ text }) => ({ text, met: null })),
    guardrails: [],
    findings: [],
    fallback: null,
  }
  return { report, answers: {}, taskDigest: digestOf(task) }
}

/**
 * A run that stopped, taken over under a new id: what was finished stays, what failed is tried again. A step that was
 * under way stays so, because nobody knows whether it took effect.
 */
export function takeOver(
  task: TaskDefinition,
  earlier: RunState,
  { id, inputs, actor, toolbox }: Omit<NewRun, 'now'>,
): RunState {
  if (earlier.taskDigest !== digestOf(task)) {
    throw refuse('task_changed', `The task ${task.slug} has changed since that run. Begin a new one.`)
  }
  const { report } = earlier
  if (report.toolbox !== toolbox) {
    throw refuse(
      'other_toolbox',
      `That run is about ${report.toolbox}, and this is ${toolbox}. Begin a new one.`,
    )
  }
  const open = new Set(task.steps.filter((step) => !step.mayFail).map((step) => step.id))
  return {
    ...earlier,
    report: {
      ...report,
      id,
      actor,
      endedAt: null,
      outcome: 'running',
      inputs: { ...inputs },
      steps: report.steps.map((step) => {
        const again =
          step.status === 'waiting' ||
          (open.has(step.id) && (step.status === 'failed' || step.status === 'refused'))
        return again ? freshStep(step) : step
      }),
      success: report.success.map(({ text }) => ({ text, met: null })),
      guardrails: [],
      findings: [],
      fallback: null,
    },
  }
}

export function readState(text: string, place: string): RunState {
  try {
    return runState.parse(JSON.parse(text))
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
    throw new CodexError('state_unreadable', 'user', `${place} holds no run of a task: ${why}`)
  }
}

export function digestOf(task: TaskDefinition): string {
  return sha256(JSON.stringify(task))
}

function freshStep({ id, title, operation }: Pick<RunStep, 'id' | 'title' | 'operation'>): RunStep {
  return {
    id,
    title,
    operation,
    status: 'pending',
    startedAt: null,
    endedAt: null,
    calls: 0,
    input: null,
    error: null,
    checks: [],
    approval: null,
  }
}
