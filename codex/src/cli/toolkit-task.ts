import { z } from 'zod'
import { CodexError } from '../kernel/errors.ts'
import { addedPersona, addedTask } from '../library/added-names.ts'
import type { Library } from '../library/load-library.ts'
import { isOfToolkit } from '../library/source.ts'
import { requirePersona } from '../personas/load-personas.ts'
import type { Persona } from '../personas/persona.ts'
import { requireTaskDefinition } from '../tasks/load-tasks.ts'
import type { TaskDefinition } from '../tasks/task.ts'
import type { ConnectedToolbox } from './toolbox-port.ts'

/** A task by its slug, of the library here or of a toolkit, with its persona. */
export async function taskAndPersona(
  slug: string,
  library: Library,
  connect: () => Promise<ConnectedToolbox>,
): Promise<{ task: TaskDefinition; persona: Persona }> {
  const task = await findTask(slug, library, connect)
  return { task, persona: await findPersona(task.persona, library, connect) }
}

/** What a toolkit adds is known only to the Toolbox that has it. */
export async function findTask(
  slug: string,
  library: Library,
  connect: () => Promise<ConnectedToolbox>,
): Promise<TaskDefinition> {
  return isOfToolkit(slug) ? toolkitTask(await connect(), slug) : requireTaskDefinition(library.tasks, slug)
}

export async function findPersona(
  slug: string,
  library: Library,
  connect: () => Promise<ConnectedToolbox>,
): Promise<Persona> {
  return isOfToolkit(slug) ? toolkitPersona(await connect(), slug) : requirePersona(library.personas, slug)
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
  const slugs = await namesOf(toolbox, 'codex.listTasks')
  return Promise.all(slugs.map((slug) => toolkitTask(toolbox, slug)))
}

/** Their personas. */
export async function toolkitPersonas(toolbox: ConnectedToolbox): Promise<Persona[]> {
  const slugs = await namesOf(toolbox, 'codex.listPersonas')
  return Promise.all(slugs.map((slug) => toolkitPersona(toolbox, slug)))
}

/** Of a persona and a task those that toolkits add; undefined, and nothing is asked, when neither is one. */
export async function namedOfToolkits(
  persona: string,
  task: string,
  connect: () => Promise<ConnectedToolbox>,
): Promise<Library | undefined> {
  if (!isOfToolkit(persona) && !isOfToolkit(task)) return undefined
  const toolbox = await connect()
  return {
    personas: isOfToolkit(persona) ? [await toolkitPersona(toolbox, persona)] : [],
    tasks: isOfToolkit(task) ? [await toolkitTask(toolbox, task)] : [],
  }
}

/** All that toolkits add to the library there. */
export async function toolkitLibrary(toolbox: ConnectedToolbox): Promise<Library> {
  const [personas, tasks] = await Promise.all([toolkitPersonas(toolbox), toolkitTasks(toolbox)])
  return { personas, tasks }
}

async function namesOf(toolbox: ConnectedToolbox, operation: string): Promise<string[]> {
  const { items } = listAnswer.parse(await toolbox.call(operation, {}))
  return items.map(({ slug }) => slug).filter(isOfToolkit)
}

const listAnswer = z.object({ items: z.array(z.object({ slug: z.string() })) })
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
