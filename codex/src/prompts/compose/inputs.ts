import { faultOf } from '../../runbooks/read-inputs.ts'
import type { TaskDefinition, TaskInput } from '../../tasks/task.ts'
import type { Scene } from '../compose-prompt.ts'
import { bullets, code, oneLine, quoted } from './words.ts'

/** What must be given, in which form, and what was given already. */
export function inputsSection({ task, inputs }: Scene): string {
  const entries = Object.entries(task.inputs)
  if (entries.length === 0) return '## Inputs\n\nNone. The task needs nothing but the access above.'
  const lines = entries.map(([name, input]) => {
    const given = inputs[name]
    const state =
      given !== undefined
        ? `Given: ${quoted(given)}.`
        : 'default' in input && input.default !== undefined
          ? `Not given; use ${quoted(input.default)} unless told otherwise.`
          : input.required
            ? 'Not given: ask for it before the first step.'
            : 'May be left out.'
    return `${code(name)} (${input.type}): ${oneLine(input.description)} It ${rule(task, name)}. ${state}`
  })
  return `## Inputs\n\n${bullets(lines)}`
}

/** A text that no identifier, time or address is made of: what is said against it is what they have to be. */
const nothing = '?'

function rule(task: TaskDefinition, name: string): string {
  const input = task.inputs[name] as TaskInput
  const wrong = input.type === 'text' ? faultOf(task, name, nothing) : null
  return wrong?.replace('does not fit:', 'has to fit:') ?? `must be ${kind(input)}`
}

function kind(input: TaskInput): string {
  switch (input.type) {
    case 'text':
      return 'a text that is not empty'
    case 'choice':
      return `one of ${input.choices.join(', ')}`
    case 'list':
      return 'a list of texts'
    case 'secret':
      return 'a reference such as secret:path#key, never the value itself'
    case 'number': {
      const bounds = [
        ...(input.min === undefined ? [] : [`at least ${input.min}`]),
        ...(input.max === undefined ? [] : [`at most ${input.max}`]),
      ]
      return ['a number', ...bounds].join(', ')
    }
  }
}
