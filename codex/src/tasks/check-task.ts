import { type Persona, personaAllows } from '../personas/persona.ts'
import { placesIn } from '../runbooks/template.ts'
import type { TaskDefinition } from './task.ts'

/** What speaks against a step of a persona; null for nothing. */
export type StepRule = (step: TaskDefinition['steps'][number], persona: Persona) => string | null

const asPersona: StepRule = ({ operation }, persona) =>
  personaAllows(persona, operation) ? null : `${persona.slug} may not call ${operation}`

/** What a schema can't see: places that lead nowhere, steps that repeat, operations that the persona may not call. */
export function checkTask(
  task: TaskDefinition,
  personas: ReadonlyMap<string, Persona>,
  rule: StepRule = asPersona,
): string[] {
  const faults: string[] = []
  const persona = personas.get(task.persona)
  if (!persona) faults.push(`persona ${task.persona} is not known`)
  const seen = {
    inputs: new Set(Object.keys(task.inputs)),
    steps: new Set<string>(),
    evidence: new Set<string>(),
  }
  for (const step of task.steps) {
    if (seen.steps.has(step.id)) faults.push(`step ${step.id} stands there twice`)
    const forbidden = persona ? rule(step, persona) : null
    if (forbidden !== null) faults.push(`step ${step.id}: ${forbidden}`)
    // What a step answered is there for its own expectations and captures, and once captured, for what follows.
    const each = step.forEach === undefined ? [] : ['each']
    const before = unknownPlaces(placesIn([step.when, step.forEach, step.confirm, step.within]), seen)
    const input = unknownPlaces(placesIn(step.input), { ...seen, also: each })
    faults.push(...[...before, ...input].map((fault) => `step ${step.id}: ${fault}`))
    if (placesIn(step.input).some((place) => isSecret(task, place)) && !namesSecretsWhole(task, step.input)) {
      faults.push(`step ${step.id}: a secret is a whole field of the input, and nothing beside it`)
    }
    seen.steps.add(step.id)
    const after = placesIn([step.expect, step.capture, step.until])
    faults.push(...unknownPlaces(after, seen).map((fault) => `step ${step.id}: ${fault}`))
    for (const { name } of step.capture) {
      if (seen.evidence.has(name)) faults.push(`step ${step.id}: the evidence ${name} is there already`)
      seen.evidence.add(name)
    }
  }
  faults.push(...unknownPlaces(placesIn(task.success), seen).map((fault) => `success: ${fault}`))
  const used = new Set(placesIn([task.steps, task.success]))
  for (const name of Object.keys(task.inputs)) {
    if (![...used].some((place) => place.startsWith(`inputs.${name}`)))
      faults.push(`input ${name} is not used`)
  }
  return faults
}

interface Seen {
  readonly inputs: ReadonlySet<string>
  readonly steps: ReadonlySet<string>
  readonly evidence: ReadonlySet<string>
  /** Roots that stand for themselves. */
  readonly also?: readonly string[]
}

function unknownPlaces(places: readonly string[], { inputs, steps, evidence, also = [] }: Seen): string[] {
  const known: Readonly<Record<string, ReadonlySet<string>>> = { inputs, steps, evidence, errors: steps }
  return places.flatMap((place) => {
    const [root = '', name = ''] = place.split('.')
    return also.includes(root) || known[root]?.has(name) ? [] : [`there is no ${place}`]
  })
}

function isSecret(task: TaskDefinition, place: string): boolean {
  const [root, name = ''] = place.split('.')
  return root === 'inputs' && task.inputs[name]?.type === 'secret'
}

/** Within a longer text or deep in a value, a secret would be recorded with what is around it. */
function namesSecretsWhole(task: TaskDefinition, input: Readonly<Record<string, unknown>>): boolean {
  return Object.values(input).every(
    (value) =>
      !placesIn(value).some((place) => isSecret(task, place)) ||
      (typeof value === 'string' && /^\{\{[^}]+\}\}$/.test(value)),
  )
}
