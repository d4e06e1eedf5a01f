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
import type { RegisteredWorkspace } from './ports.ts'

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
  /** What is loaded there; all that the product does not have is the repository's. */
  readonly repository?: { readonly workspace: RegisteredWorkspace; readonly library: Library }
  /** Which operations there are at this moment. */
  readonly offers: (operationId: string) => boolean
}

type Persona = Library['personas'][number]
type Task = Library['tasks'][number]

/** The personas, tasks and toolkits' prompts as they are told. */
export function createLibraryView({ library, additions, offers, repository }: LibraryViewDeps): LibraryView {
  /** After those of the product, what only the repository has. */
  const personas = () => withAdded(library().personas, repository?.library.personas)
  const tasks = () => withAdded(library().tasks, repository?.library.tasks)
  const originOf = (
    slug: string,
    stated: Persona['origin'],
    given: readonly { slug: string }[],
  ): LibraryOrigin => {
    const { pullRequest = null, docs = [], code = [] } = stated ?? {}
    const added = additions().find(({ toolkit }) => slug.startsWith(`${toolkit}.`))
    if (added) return { toolkit: added.toolkit, version: added.version, pullRequest, docs, code }
    if (!repository || given.some((each) => each.slug === slug)) return null
    const { id: workspace, name } = repository.workspace
    return { workspace, name, pullRequest, docs, code }
  }
  const summary = (definition: Task): CodexTaskSummary => {
    const { slug, title, group, persona, routes } = definition
    const missing = missingOperations(definition, offers)
    const origin = originOf(slug, definition.origin, library().tasks)
    const runnable = missing.length === 0 && !(origin && 'workspace' in origin)
    return { slug, title, group, persona, routes, missingOperations: missing, runnable, origin }
  }
  const toPersona = ({ origin, guardrails, ...persona }: Persona): CodexPersona => ({
    ...persona,
    guardrails: guardrails.map(({ text, check }) => ({ text, check: check ?? null })),
    origin: originOf(persona.slug, origin, library().personas),
  })
  const prompts = (): ToolkitPrompt[] =>
    additions()
      .flatMap((added) => added.prompts)
      .map(({ origin, ...prompt }) => ({ ...prompt, origin: originOf(prompt.name, origin, []) }))
  return {
    personas: () => personas().map(toPersona),
    persona: (slug) => toPersona(find(personas(), (each) => each.slug, slug, 'persona')),
    tasks: () => tasks().map(summary),
    task(slug) {
      const task = find(tasks(), (each) => each.slug, slug, 'task')
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

function withAdded<Item extends { slug: string }>(
  given: readonly Item[],
  loaded: readonly Item[] = [],
): Item[] {
  const slugs = new Set(given.map(({ slug }) => slug))
  return [...given, ...loaded.filter(({ slug }) => !slugs.has(slug))]
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
