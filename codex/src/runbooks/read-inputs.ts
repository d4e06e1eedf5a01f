import { operations } from '@sre-toolbox/contract'
import { checkInput } from '@sre-toolbox/contract/input-faults'
import { refuse } from '../kernel/errors.ts'
import type { TaskDefinition, TaskInput } from '../tasks/task.ts'
import { isSecretReference } from './secrets.ts'

export interface InputFault {
  readonly name: string
  readonly message: string
}

type Typed = Pick<TaskDefinition, 'inputs' | 'steps'>
type Given = Readonly<Record<string, unknown>>

/** The inputs with their defaults, or every fault at once. */
export function checkInputs(
  task: Typed,
  given: Given,
): { inputs: Record<string, unknown>; faults: InputFault[] } {
  const inputs: Record<string, unknown> = {}
  const faults: InputFault[] = []
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(task.inputs, name)) continue
    const known = Object.keys(task.inputs).join(', ') || 'none'
    faults.push({ name, message: `is no input of this task; it takes ${known}` })
  }
  for (const [name, input] of Object.entries(task.inputs)) {
    const value = given[name] ?? ('default' in input ? input.default : undefined)
    if (value === undefined) {
      if (input.required) faults.push({ name, message: `is missing. ${input.description}` })
      continue
    }
    const fault = faultOf(task, name, value)
    if (fault) faults.push({ name, message: fault })
    else inputs[name] = value
  }
  return { inputs, faults }
}

export function requireInputs(task: TaskDefinition, given: Given): Record<string, unknown> {
  const { inputs, faults } = checkInputs(task, given)
  if (faults.length === 0) return inputs
  const lines = faults.map(({ name, message }) => `  ${name} ${message}`)
  throw refuse('validation_failed', `The inputs of ${task.slug} are not complete:\n${lines.join('\n')}`, {
    errors: faults.map(({ name, message }) => ({ path: name, message })),
  })
}

/** What somebody typed for an input, as its type takes it; what can't be read stays text, for the check to refuse. */
export function readTyped(input: TaskInput, text: string): unknown {
  if (input.type === 'number')
    return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
  if (input.type !== 'list') return text
  if (!text.trim().startsWith('[')) return text.split(',').map((item) => item.trim())
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** What is wrong with a value, in words that follow the name; null when it fits its type and the operations that take it. */
export function faultOf(task: Typed, name: string, value: unknown): string | null {
  const input = task.inputs[name]
  if (!input) return null
  return faultIn(input, value) ?? (input.type === 'secret' ? null : refusalOf(task, name, value))
}

/** What the contract says against a value, where a step gives the input to an operation as it is. */
function refusalOf(task: Typed, name: string, value: unknown): string | null {
  for (const step of task.steps) {
    const shape = operations.find(({ id }) => id === step.operation)?.input.shape ?? {}
    for (const [field, given] of Object.entries(step.input)) {
      const schema = given === `{{inputs.${name}}}` ? shape[field] : undefined
      const checked = schema && checkInput(schema, value)
      const message = checked?.ok === false ? checked.errors[0]?.message : undefined
      if (message !== undefined) return message.startsWith('must ') ? message : `does not fit: ${message}`
    }
  }
  return null
}

function faultIn(input: TaskInput, value: unknown): string | null {
  switch (input.type) {
    case 'text':
      return typeof value === 'string' && value.trim() !== '' ? null : 'must be a text'
    case 'number': {
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number'
      if (input.min !== undefined && value < input.min) return `must be at least ${input.min}`
      return input.max !== undefined && value > input.max ? `must be at most ${input.max}` : null
    }
    case 'choice':
      return input.choices.some((choice) => choice === value)
        ? null
        : `must be one of ${input.choices.join(', ')}`
    case 'list':
      return Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '')
        ? null
        : 'must be a list of texts'
    case 'secret':
      // What was given may be the secret itself: it is not repeated.
      return typeof value === 'string' && isSecretReference(value)
        ? null
        : 'must be a reference, never the secret itself: secret:<name>#<field>, or on the command line env:<NAME> or file:<path>'
  }
}
