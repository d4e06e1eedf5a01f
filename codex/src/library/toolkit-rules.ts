import { operations } from '@sre-toolbox/contract'
import type { OperationFact } from '@sre-toolbox/contract/codex-facts'
import { type Persona, personaAllows } from '../personas/persona.ts'
import type { StepRule } from '../tasks/check-task.ts'
import type { TaskDefinition } from '../tasks/task.ts'

/** What a toolkit offers, and what of the product its manifest asks for. */
export interface ToolkitReach {
  readonly slug: string
  /** Its own, by `slug.operation`. */
  readonly operations: readonly OperationFact[]
  /** Ids of those that run as jobs: what they answer is the product's word, not the toolkit's. */
  readonly jobs: readonly string[]
  /** Its `permissions.operations`. */
  readonly permitted: readonly string[]
}

/**
 * A step of a toolkit's task runs as whoever asked for it, a superuser perhaps. So it may call what the toolkit's code may
 * call as them, and no more; what changes the product itself is asked of a person first.
 */
export function stepRule(reach: ToolkitReach, task: TaskDefinition): StepRule {
  const own = (operation: string) => reach.operations.find(({ id }) => id === operation)
  const beginJobs = new Set(
    task.steps.filter(({ operation }) => reach.jobs.includes(operation)).map(({ id }) => id),
  )
  return (step, persona) => {
    const { operation, input, confirm } = step
    const effect = own(operation)?.effect
    if (effect) {
      const may = isOf(reach, persona.slug)
        ? personaAllows(persona, operation)
        : persona.toolkitEffects.includes(effect)
      return may ? null : `${persona.slug} may not call ${operation}`
    }
    const core = operations.find(({ id }) => id === operation)
    if (!core) return `${operation} is no operation of the product, and none of ${reach.slug}`
    if (core.access === 'delegated') {
      return `${operation} passes on to other operations: call the operation of ${reach.slug} itself`
    }
    const awaited =
      operation === 'jobs.get' && /^\{\{steps\.(\w+)\.job\.id\}\}$/.exec(String(input.jobId))?.[1]
    if (!reach.permitted.includes(operation) && !(awaited && beginJobs.has(awaited))) {
      return `the toolkit may not call ${operation}: list it under permissions.operations in toolkit.json`
    }
    if (!personaAllows(persona, operation)) return `${persona.slug} may not call ${operation}`
    return core.effect === 'read' || confirm !== undefined
      ? null
      : `${operation} changes the product itself: add \`confirm\`, so that a person is asked`
  }
}

/** A toolkit's persona reaches the toolkit's own operations, and reads what its manifest asks for. */
export function personaFaults(reach: ToolkitReach, persona: Persona): string[] {
  const { superuser, toolkitEffects } = persona
  return [
    ...(superuser ? ['superuser must be false'] : []),
    ...(toolkitEffects.length > 0
      ? [`toolkitEffects must be empty, because it reaches every toolkit: list ${reach.slug}.* in operations`]
      : []),
    ...persona.operations.flatMap((operation) => {
      if (operation === `${reach.slug}.*` || reach.operations.some(({ id }) => id === operation)) return []
      const core = operations.find(({ id }) => id === operation)
      if (core?.effect === 'read' && reach.permitted.includes(operation)) return []
      return [
        `${operation} is beyond it: only ${reach.slug}.* and reading operations under permissions.operations in toolkit.json are not`,
      ]
    }),
  ]
}

/** Names of a toolkit's additions begin with its slug and a dot, which no other name holds. */
export function isOf({ slug }: Pick<ToolkitReach, 'slug'>, name: string): boolean {
  return name.startsWith(`${slug}.`)
}
