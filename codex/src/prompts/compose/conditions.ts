import { checkCondition } from '../../runbooks/conditions.ts'
import { placesIn } from '../../runbooks/template.ts'
import type { Condition } from '../../tasks/task.ts'
import type { Scene } from '../compose-prompt.ts'
import { described, isGiven, named } from './templates.ts'

/** Whether a condition on inputs that were given holds; undefined where only the run can tell. */
export function decided(each: Condition, scene: Scene): boolean | undefined {
  if (!placesIn(each).every((place) => isGiven(place, scene))) return undefined
  return checkCondition(each, { inputs: scene.inputs, steps: {}, evidence: {}, errors: {} }).holds
}

/** Whether the given inputs rule it out. */
export function isRuledOut({ when }: { when: readonly Condition[] }, scene: Scene): boolean {
  return when.some((each) => decided(each, scene) === false)
}

export function inWords(conditions: readonly Condition[], scene: Scene): string {
  return conditions.map((each) => oneInWords(each, scene)).join(' and ')
}

function oneInWords(each: Condition, scene: Scene): string {
  const place = named(each.value)
  if (each.exists !== undefined) return `${place} is ${each.exists ? '' : 'not '}there`
  if (each.is !== undefined) return `${place} is ${described(each.is, scene)}`
  if (each.isNot !== undefined) return `${place} is not ${described(each.isNot, scene)}`
  if (each.oneOf !== undefined) {
    return `${place} is one of ${each.oneOf.map((one) => described(one, scene)).join(', ')}`
  }
  if (each.contains !== undefined) return `${place} contains ${described(each.contains, scene)}`
  return `every item of ${place} has ${each.eachHas?.join(', ')}`
}
