import { z } from 'zod'
import { CodexError } from '../kernel/errors.ts'
import { addedPersona, addedTask } from '../library/added-names.ts'
import type { Library } from '../library/load-library.ts'
import { requirePersona } from '../personas/load-personas.ts'
import type { Persona } from '../personas/persona.ts'
import { requireTaskDefinition } from '../tasks/load-tasks.ts'
import type { TaskDefinition } from '../tasks/task.ts'
import type { ConnectedToolbox } from './toolbox-port.ts'

/** The slug of what a toolkit adds holds a dot; only the Toolbox that has the toolkit knows it. */
const isOfToolkit = (slug: string): boolean => slug.includes('.')

/** A task by its slug, of the library here or of a toolkit, with its persona. */
export async function taskAndPersona(
  slug: string,
  library: Library,
  connect: () => Promise<ConnectedToolbox>,
): Promise<{ task: TaskDefinition; persona: Persona }> {
  const task = isOfToolkit(slug)
    ? await toolkitTask(await connect(), slug)
    : requireTaskDefinition(library.tasks, slug)
  const persona = isOfToolkit(task.persona)
    ? await toolkitPersona(await connect(), task.persona)
    : requirePersona(library.personas, task.persona)
  return { task, persona }
}

async function toolkitTask(toolbox: ConnectedToolbox, slug: string): Promise<TaskDefinition> {
  const { task } = taskAnswer.parse(await toolbox.call('codex.getTask', { slug }))
  return understood(addedTask, task.definition, toolbox, slug)
}

async function toolkitPersona(toolbox: ConnectedToolbox, slug: string): Promise<Persona> {
  const { persona } = personaAnswer.parse(await toolbox.call('codex.getPersona', { slug }))
  const { origin: _origin, guardrails, ...rest } = persona
  const told = guardrails.map(({ text, check }) => ({ text, ...(check === null ? {} : { check }) }))
  return understood(addedPersona, { ...rest, guardrails: told }, toolbox, slug)
}

/** The tasks of the toolkits that are enabled there. */
export async function toolkitTasks(toolbox: ConnectedToolbox): Promise<TaskDefinition[]> {
  const { items } = tasksAnswer.parse(await toolbox.call('codex.listTasks', {}))
  const added = items.map(({ slug }) => slug).filter(isOfToolkit)
  return Promise.all(added.map((slug) => toolkitTask(toolbox, slug)))
}

const tasksAnswer = z.object({ items: z.array(z.object({ slug: z.string() })) })
const taskAnswer = z.object({ task: z.object({ definition: z.unknown() }) })
const personaAnswer = z.object({
  persona: z.looseObject({
    guardrails: z.array(z.object({ text: z.string(), check: z.string().nullable() })),
  }),
})

function understood<T>(schema: z.ZodType<T>, value: unknown, { url }: ConnectedToolbox, slug: string): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const message = `${url} describes ${slug} in a way that this version does not know. Run it there: toolbox call codex.runTask.`
  throw new CodexError('not_offered', 'operational', `${message}\n${z.prettifyError(parsed.error)}`)
}
