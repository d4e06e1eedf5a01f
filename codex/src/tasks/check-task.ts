import { type Persona, personaAllows } from '../personas/persona.ts'
import type { TaskDefinition } from './task.ts'

/** What a schema can't see: places that lead nowhere, steps that repeat, operations that the persona may not call. */
export function checkTask(task: TaskDefinition, personas: ReadonlyMap<string, Persona>): string[] {
  const faults: string[] = []
  const persona = personas.get(task.persona)
  if (!persona) faults.push(`persona ${task.persona} is not known`)
  const known = new Set<string>()
  for (const step of task.steps) {
    if (known.has(step.id)) faults.push(`step ${step.id} stands there twice`)
    if (persona && !personaAllows(persona, step.operation)) {
      faults.push(`step ${step.id}: ${persona.slug} may not call ${step.operation}`)
    }
    const before = placesIn([step.input, step.when])
    // What a step answered is there for its own expectations and captures.
    const after = placesIn([step.expect, step.capture])
    faults.push(...unknownPlaces(before, task, known).map((each) => `step ${step.id}: ${each}`))
    known.add(step.id)
    faults.push(...unknownPlaces(after, task, known).map((each) => `step ${step.id}: ${each}`))
  }
  const used = new Set(task.steps.flatMap((step) => placesIn(step)))
  for (const name of Object.keys(task.inputs)) {
    if (![...used].some((place) => place.startsWith(`inputs.${name}`)))
      faults.push(`input ${name} is not used`)
  }
  return faults
}

function unknownPlaces(
  places: readonly string[],
  task: TaskDefinition,
  steps: ReadonlySet<string>,
): string[] {
  return places.flatMap((place) => {
    const [root, name = ''] = place.split('.')
    const known = root === 'inputs' ? name in task.inputs : steps.has(name)
    return known ? [] : [`there is no ${place}`]
  })
}

/** Every place that the templates in a value name. */
function placesIn(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/\{\{([^}]*)\}\}/g)].map((found) => found[1] ?? '')
}
