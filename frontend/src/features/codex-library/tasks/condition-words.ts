import type { CodexTask } from '@sre-toolbox/contract/codex/library'

export type Condition = CodexTask['steps'][number]['when'][number]

/** `{{inputs.action}}` becomes `inputs.action`. */
const bare = (text: string): string => text.replace(/\{\{(.*?)\}\}/g, '$1')
const shown = (value: string | number | boolean): string =>
  typeof value === 'string' && value.startsWith('{{') ? bare(value) : JSON.stringify(value)

/** A condition as a person would say it. */
export function conditionWords(condition: Condition): string {
  const { is, isNot, oneOf, contains, exists, eachHas } = condition
  const value = bare(condition.value)
  if (is !== undefined) return `${value} is ${shown(is)}`
  if (isNot !== undefined) return `${value} is not ${shown(isNot)}`
  if (oneOf) return `${value} is one of ${oneOf.join(', ')}`
  if (contains !== undefined) return `${value} contains ${shown(contains)}`
  if (eachHas) return `each of ${value} has ${eachHas.join(', ')}`
  return exists === false ? `there is no ${value}` : `there is ${value}`
}
