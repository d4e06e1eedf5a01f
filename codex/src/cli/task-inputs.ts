import { refuse } from '../kernel/errors.ts'
import { checkInputs, faultOf, readTyped, requireInputs } from '../runbooks/read-inputs.ts'
import type { TaskDefinition, TaskInput } from '../tasks/task.ts'
import type { ToolboxPort } from './toolbox-port.ts'

/** The inputs of a task from `--input`, and what is missing from the person at the terminal. All faults at once. */
export async function gatherInputs(
  task: TaskDefinition,
  given: readonly string[],
  port: Pick<ToolboxPort, 'interactive' | 'ask'>,
): Promise<Record<string, unknown>> {
  const inputs: Record<string, unknown> = {}
  for (const text of given) Object.assign(inputs, readGiven(task, text))
  if (port.interactive) {
    const missing = checkInputs(task, inputs).faults.filter(({ name }) => !Object.hasOwn(inputs, name))
    for (const { name } of missing) {
      const input = task.inputs[name]
      if (!input) continue
      const choices = input.type === 'choice' ? ` [${input.choices.join('/')}]` : ''
      const reference = input.type === 'secret' ? ' (env:NAME or file:PATH)' : ''
      const ask = { input, wrong: (value: unknown) => faultOf(task, name, value) }
      const value = await askFor(ask, `${input.description}${choices}${reference}\n${name}: `, port)
      if (value !== undefined) inputs[name] = value
    }
  }
  return requireInputs(task, inputs)
}

/** Asks until the answer fits; undefined when there is none. */
async function askFor(
  { input, wrong }: { input: TaskInput; wrong: (value: unknown) => string | null },
  question: string,
  port: Pick<ToolboxPort, 'ask'>,
  said = '',
): Promise<unknown> {
  const text = await port.ask(`${said}${question}`)
  if (text === '') return undefined
  const value = readTyped(input, text)
  const fault = wrong(value)
  return fault ? askFor({ input, wrong }, question, port, `It ${fault}.\n`) : value
}

function readGiven(task: TaskDefinition, text: string): Record<string, unknown> {
  if (text.trimStart().startsWith('{')) return readJson(text)
  const at = text.indexOf('=')
  if (at < 1) {
    throw refuse('validation_failed', '--input takes key=value, or one JSON object such as {"slug":"regex"}.')
  }
  const name = text.slice(0, at)
  const value = text.slice(at + 1)
  const input = Object.hasOwn(task.inputs, name) ? task.inputs[name] : undefined
  return { [name]: input ? readTyped(input, value) : value }
}

function readJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch (error) {
    throw refuse('validation_failed', `--input is not valid JSON: ${(error as Error).message}.`)
  }
}
