import type { Library } from '@sre-toolbox/codex'
import { missingOperations } from '@sre-toolbox/codex/runbooks'
import type { ToolkitAdditions } from '@sre-toolbox/codex/toolkit-additions'
import type {
  CodexPersona,
  CodexTask,
  CodexTaskSummary,
  LibraryOrigin,
  ToolkitPrompt,
} from '@sre-toolbox/contract/codex/library'
import { ToolboxError } from '../kernel/errors.ts'

export interface LibraryView {
  personas(): CodexPersona[]
  persona(slug: string): CodexPersona
  tasks(): CodexTaskSummary[]
  task(slug: string): CodexTask
  prompts(): ToolkitPrompt[]
  prompt(name: string): ToolkitPrompt
}

export interface LibraryViewDeps {
  /** Of the product and of the enabled toolkits. */
  readonly library: () => Library
  readonly additions: () => readonly ToolkitAdditions[]
  /** Which operations there are at this moment. */
  readonly offers: (operationId: string) => boolean
}

type Persona = Library['personas'][number]
type Task = Library['tasks'][number]

/** The personas, tasks and toolkits' prompts as they are told. */
export function createLibraryView({ library, additions, offers }: LibraryViewDeps): LibraryView {
  const summary = (definition: Task): CodexTaskSummary => {
    const { slug, title, group, persona, routes } = definition
    const missing = missingOperations(definition, offers)
    return {
      ...{ slug, title, group, persona, routes, missingOperations: missing, runnable: missing.length === 0 },
      origin: originOf(additions(), slug, definition.origin),
    }
  }
  const toPersona = ({ origin, guardrails, ...persona }: Persona): CodexPersona => ({
    ...persona,
    guardrails: guardrails.map(({ text, check }) => ({ text, check: check ?? null })),
    origin: originOf(additions(), persona.slug, origin),
  })
  const prompts = (): ToolkitPrompt[] =>
    additions()
      .flatMap((added) => added.prompts)
      .map(({ origin, ...prompt }) => ({ ...prompt, origin: originOf(additions(), prompt.name, origin) }))
  return {
    personas: () => library().personas.map(toPersona),
    persona: (slug) => toPersona(find(library().personas, (each) => each.slug, slug, 'persona')),
    tasks: () => library().tasks.map(summary),
    task(slug) {
      const task = find(library().tasks, (each) => each.slug, slug, 'task')
      return {
        ...summary(task),
        inputs: Object.entries(task.inputs).map(([name, input]) => ({ name, ...input })),
        steps: task.steps.map(({ confirm, capture, forEach, until, within, ...step }) => ({
          ...step,
          offered: offers(step.operation),
          confirm: confirm ?? null,
          forEach: forEach ?? null,
          until: until ?? null,
          within: within ?? null,
          capture: capture.map(({ name, from }) => ({ name, from })),
        })),
        success: task.success,
        fallback: task.fallback ?? null,
        definition: task,
      }
    },
    prompts,
    prompt: (name) => find(prompts(), (each) => each.name, name, "toolkit's prompt"),
  }
}

/** The toolkit whose name the addition bears, and what the addition says of where it comes from. */
function originOf(
  additions: readonly ToolkitAdditions[],
  name: string,
  stated: Persona['origin'],
): LibraryOrigin {
  const added = additions.find(({ toolkit }) => name.startsWith(`${toolkit}.`))
  if (!added) return null
  const { pullRequest = null, docs = [], code = [] } = stated ?? {}
  return { toolkit: added.toolkit, version: added.version, pullRequest, docs, code }
}

function find<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  name: string,
  what: string,
): Item {
  const found = items.find((each) => nameOf(each) === name)
  if (found) return found
  throw new ToolboxError('not_found', `There is no ${what} ${name}. Known: ${items.map(nameOf).join(', ')}.`)
}
