import type { RunStep } from '@sre-toolbox/contract/codex-runs'
import type { RunState } from '../run-state.ts'

export interface Taken {
  readonly index: number
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
  readonly answer: unknown
}

/** Every call of the operations that answered, in order; one of a loop for each item. */
export function callsOf({ report, answers }: RunState, wanted: (operation: string) => boolean): Taken[] {
  return report.steps.flatMap((step, index): Taken[] => {
    if (!answered(step) || !wanted(step.operation)) return []
    const { operation, input } = step
    const answer = answers[step.id]
    if (!Array.isArray(input)) return [{ index, operation, input: input as Taken['input'], answer }]
    return input.map((each, at) => ({
      index,
      operation,
      input: each as Taken['input'],
      answer: (answer as { answer: unknown }[] | undefined)?.[at]?.answer,
    }))
  })
}

function answered({ status, calls }: RunStep): boolean {
  return status === 'succeeded' || (status === 'failed' && calls > 0)
}

/** Every text within a value, whole. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}

/** Every object within a value, the value itself included. */
export function objectsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(objectsIn)
  return Array.isArray(value) ? inner : [value as Record<string, unknown>, ...inner]
}
