import type { Library } from '@sre-toolbox/codex'
import { missingOperations } from '@sre-toolbox/codex/runbooks'
import type { CodexPersona, CodexTask, CodexTaskSummary } from '@sre-toolbox/contract/codex/library'
import { ToolboxError } from '../kernel/errors.ts'

export interface LibraryView {
  personas(): CodexPersona[]
  persona(slug: string): CodexPersona
  tasks(): CodexTaskSummary[]
  task(slug: string): CodexTask
}

type Persona = Library['personas'][number]
type Task = Library['tasks'][number]

/** The personas and canonical tasks as they are told; `offers` knows which operations there are at this moment. */
export function createLibraryView(
  read: () => Library,
  offers: (operationId: string) => boolean,
): LibraryView {
  let library: Library | null = null
  const load = () => {
    library ??= read()
    return library
  }
  const summary = (definition: Task): CodexTaskSummary => {
    const { slug, title, group, persona, routes } = definition
    const missing = missingOperations(definition, offers)
    return { slug, title, group, persona, routes, missingOperations: missing, runnable: missing.length === 0 }
  }
  return {
    personas: () => load().personas.map(toPersona),
    persona: (slug) => toPersona(find(load().personas, slug, 'persona')),
    tasks: () => load().tasks.map(summary),
    task(slug) {
      const task = find(load().tasks, slug, 'canonical task')
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
      }
    },
  }
}

function toPersona({ origin: _origin, guardrails, ...persona }: Persona): CodexPersona {
  return { ...persona, guardrails: guardrails.map(({ text, check }) => ({ text, check: check ?? null })) }
}

function find<Item extends { slug: string }>(items: readonly Item[], slug: string, what: string): Item {
  const found = items.find((each) => each.slug === slug)
  if (found) return found
  const known = items.map((each) => each.slug).join(', ')
  throw new ToolboxError('not_found', `There is no ${what} ${slug}. Known: ${known}.`)
}
