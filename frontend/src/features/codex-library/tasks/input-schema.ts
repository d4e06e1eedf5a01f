import type { CodexTask } from '@sre-toolbox/contract/codex/library'

type Input = CodexTask['inputs'][number]

/** The inputs of a task as a form takes them. What a prompt leaves out stays a placeholder, so there none is required. */
export function inputSchema(inputs: readonly Input[], mayBeLeftOut = false): object {
  const needed = inputs.filter((input) => input.required && input.default === undefined)
  return {
    type: 'object',
    properties: Object.fromEntries(inputs.map((input) => [input.name, fieldOf(input, mayBeLeftOut)])),
    required: mayBeLeftOut ? [] : needed.map(({ name }) => name),
    additionalProperties: false,
  }
}

function fieldOf({ name, description, choices, min, max, ...input }: Input, mayBeLeftOut: boolean): object {
  const said = {
    title: name,
    description,
    ...(input.default !== undefined && !mayBeLeftOut && { default: input.default }),
  }
  switch (input.type) {
    case 'number':
      return {
        ...said,
        type: 'number',
        ...(min !== undefined && { minimum: min }),
        ...(max !== undefined && { maximum: max }),
      }
    case 'choice':
      return { ...said, type: 'string', enum: choices ?? [] }
    case 'list':
      return { ...said, type: 'array', items: { type: 'string', minLength: 1 } }
    case 'secret':
      return { ...said, type: 'string', format: 'secret', pattern: '^secret:.+' }
    default:
      return { ...said, type: 'string', minLength: 1 }
  }
}
