import { setMaxListeners } from 'node:events'
import { operations } from '@sre-toolbox/contract'
import type { RunStep } from '@sre-toolbox/contract/codex-runs'
import { CodexError } from '../kernel/errors.ts'
import type { TaskDefinition, TaskStep } from '../tasks/task.ts'
import { allHold } from './conditions.ts'
import type { RunHost } from './host.ts'
import { hideValues, secretFieldsOf, takesSecret, withoutSecretFields } from './secrets.ts'
import { fill, type Scope } from './template.ts'

const firstPauseMs = 200
const longestPauseMs = 2000
const usualWithinSeconds = 60

export interface TakenStep {
  readonly answer: unknown
  readonly calls: number
}

/** What a step would send: one input, or one for each item. Secrets stay references. */
function inputsOf(step: TaskStep, scope: Scope): { each: unknown; input: Record<string, unknown> }[] {
  const filled = (each: Scope) => fill(step.input, each) as Record<string, unknown>
  if (step.forEach === undefined) return [{ each: null, input: filled(scope) }]
  const items = fill(step.forEach, scope)
  if (!Array.isArray(items)) {
    throw new CodexError('no_list', 'user', `${step.forEach} is no list, so there is nothing to go through.`)
  }
  return items.map((each: unknown) => ({ each, input: filled({ ...scope, each }) }))
}

/** Calls the operation of a step: once, for each item, or until what is waited for holds. */
export async function takeStep(
  host: RunHost,
  task: TaskDefinition,
  step: TaskStep,
  scope: Scope,
  signal: AbortSignal,
  /** The same for every try of this step in this run, so that a Toolbox can tell a repetition from a new request. */
  key: string,
): Promise<TakenStep> {
  const keyed = takesKey(step.operation) ? { idempotencyKey: key } : {}
  // A long loop listens to one signal for every call.
  setMaxListeners(0, signal)
  const call = async (input: Readonly<Record<string, unknown>>): Promise<unknown> => {
    signal.throwIfAborted()
    const { sent, secrets } = await withSecrets(host, task, step, input)
    try {
      const answer = await host.call(step.operation, { ...keyed, ...sent }, signal)
      return hideValues(withoutSecretFields(step.operation, answer), secrets)
    } catch (error) {
      if (error instanceof Error) error.message = hideValues(error.message, secrets)
      throw error
    }
  }

  const inputs = inputsOf(step, scope)
  const [only] = inputs
  if (step.until && only) return pollUntil(host, step, scope, signal, () => call(only.input))
  if (step.forEach === undefined && only) return { answer: await call(only.input), calls: 1 }
  const answers: { each: unknown; answer: unknown }[] = []
  for (const { each, input } of inputs) answers.push({ each, answer: await call(input) })
  return { answer: answers, calls: answers.length }
}

function takesKey(operation: string): boolean {
  const shape = operations.find(({ id }) => id === operation)?.input.shape
  return shape !== undefined && 'idempotencyKey' in shape
}

async function pollUntil(
  host: RunHost,
  step: TaskStep,
  scope: Scope,
  signal: AbortSignal,
  call: () => Promise<unknown>,
): Promise<TakenStep> {
  const within = Number(fill(step.within ?? usualWithinSeconds, scope))
  const deadline = host.now().getTime() + within * 1000
  let pauseMs = firstPauseMs
  for (let calls = 1; ; calls++) {
    const answer = await call()
    const seen = { ...scope, steps: { ...scope.steps, [step.id]: answer } }
    if (allHold(step.until ?? [], seen)) return { answer, calls }
    if (host.now().getTime() >= deadline) {
      const message = `${step.title}: it did not come to that within ${within} s. It goes on; look again later.`
      throw new CodexError('timed_out', 'operational', message)
    }
    await host.wait(pauseMs, signal)
    pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)
  }
}

/** Puts secrets in, where the contract takes them. Elsewhere a reference goes on as it is, for the Toolbox to resolve. */
async function withSecrets(
  host: RunHost,
  task: TaskDefinition,
  step: TaskStep,
  input: Readonly<Record<string, unknown>>,
): Promise<{ sent: Readonly<Record<string, unknown>>; secrets: string[] }> {
  const sent = { ...input }
  const secrets: string[] = []
  for (const [field] of secretFieldsOf(task, step)) {
    const reference = sent[field]
    if (typeof reference !== 'string') continue
    if (takesSecret(step.operation, field)) {
      const value = await host.resolveSecret(reference)
      secrets.push(value)
      sent[field] = value
    } else if (!reference.startsWith('secret:')) {
      const message = `${step.operation} takes a reference to a secret that the Toolbox keeps: secret:<name>#<field>. Put it there with \`toolbox call secrets.put\` first.`
      throw new CodexError('validation_failed', 'user', message)
    }
  }
  return { sent, secrets }
}

/** What a step is recorded to have sent. */
export function shownInput(step: TaskStep, scope: Scope): RunStep['input'] {
  const inputs = inputsOf(step, scope)
  return step.forEach === undefined ? (inputs[0]?.input ?? {}) : inputs.map(({ input }) => input)
}
