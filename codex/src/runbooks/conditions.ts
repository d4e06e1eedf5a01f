import { isDeepStrictEqual } from 'node:util'
import type { Condition } from '../tasks/task.ts'
import { fill, lookUp, type Scope } from './template.ts'

export interface Checked {
  readonly text: string
  readonly holds: boolean
  readonly found: unknown
}

export function allHold(conditions: readonly Condition[], scope: Scope): boolean {
  return conditions.every((each) => checkCondition(each, scope).holds)
}

/** Whether it holds, said in words, with what was found instead. */
export function checkCondition(condition: Condition, scope: Scope): Checked {
  const found = fill(condition.value, scope)
  const place = condition.value.replace(/^\{\{|\}\}$/g, '')
  const verdict = (holds: boolean, text: string): Checked => ({ text, holds, found: found ?? null })

  if (condition.exists !== undefined) {
    const there = found !== undefined && found !== null
    return verdict(there === condition.exists, `${place} is ${condition.exists ? 'there' : 'not there'}`)
  }
  if (condition.is !== undefined) {
    const wanted = fill(condition.is, scope)
    return verdict(equal(found, wanted), `${place} is ${JSON.stringify(wanted) ?? 'nothing'}`)
  }
  if (condition.isNot !== undefined) {
    const other = fill(condition.isNot, scope)
    return verdict(!equal(found, other), `${place} is not ${JSON.stringify(other) ?? 'nothing'}`)
  }
  if (condition.oneOf !== undefined) {
    const wanted = condition.oneOf.map((each) => fill(each, scope))
    return verdict(
      wanted.some((each) => equal(found, each)),
      `${place} is one of ${wanted.map((each) => JSON.stringify(each)).join(', ')}`,
    )
  }
  if (condition.contains !== undefined) {
    const wanted = fill(condition.contains, scope)
    const holds = Array.isArray(found)
      ? found.some((item) => equal(item, wanted))
      : typeof found === 'string' && typeof wanted === 'string' && found.includes(wanted)
    return verdict(holds, `${place} contains ${JSON.stringify(wanted) ?? 'nothing'}`)
  }
  const fields = condition.eachHas ?? []
  const missing = Array.isArray(found)
    ? found.filter((item) => fields.some((field) => isNothing(lookUp(item, field))))
    : null
  return {
    text: `every item of ${place} has ${fields.join(', ')}`,
    holds: missing?.length === 0,
    found: missing ? `${missing.length} without` : (found ?? null),
  }
}

/** Lists are compared as sets where both hold plain values: roles have no order. */
function equal(found: unknown, wanted: unknown): boolean {
  if (Array.isArray(found) && Array.isArray(wanted)) {
    return isDeepStrictEqual(found.toSorted(), wanted.toSorted())
  }
  return isDeepStrictEqual(found, wanted)
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
