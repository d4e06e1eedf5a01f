import { operations } from '@sre-toolbox/contract'
import { secretReference } from '@sre-toolbox/contract/secrets'
import type { z } from 'zod'
import type { TaskDefinition, TaskStep } from '../tasks/task.ts'

/** What a command line can look up by itself. */
const localReference = /^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/
const redacted = '[redacted]'
/** Shorter values would hide ordinary words. */
const shortest = 6

export function isSecretReference(text: string): boolean {
  return localReference.test(text) || secretReference.safeParse(text).success
}

/** The inputs with whatever stands in the place of a reference hidden, for logs and audits. */
export function hideSecretInputs(
  task: Pick<TaskDefinition, 'inputs'> | undefined,
  inputs: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => {
      const known = task && Object.hasOwn(task.inputs, name) ? task.inputs[name] : undefined
      // What a task does not know may be a secret under a misspelt name.
      const open = known && (known.type !== 'secret' || isSecretReference(String(value)))
      return [name, open ? value : redacted]
    }),
  )
}

/** Fields of a step's input that are an input of type secret, with the name of that input. */
export function secretFieldsOf(task: Pick<TaskDefinition, 'inputs'>, step: TaskStep): [string, string][] {
  return Object.entries(step.input).flatMap(([field, value]) => {
    const name = typeof value === 'string' ? /^\{\{inputs\.([A-Za-z0-9]+)\}\}$/.exec(value)?.[1] : undefined
    return name !== undefined && task.inputs[name]?.type === 'secret'
      ? [[field, name] as [string, string]]
      : []
  })
}

/** True where the contract says that the field takes a secret itself and never gives it back. */
export function takesSecret(operation: string, field: string): boolean {
  const shape = operations.find(({ id }) => id === operation)?.input.shape
  return shape !== undefined && Object.hasOwn(shape, field) && isWriteOnly(shape[field])
}

/** The answer without what the contract marks as secret. */
export function withoutSecretFields(operation: string, answer: unknown): unknown {
  const output = operations.find(({ id }) => id === operation)?.output as z.ZodType | undefined
  const shape = (output as { shape?: Record<string, z.ZodType> } | undefined)?.shape
  if (!shape || typeof answer !== 'object' || answer === null) return answer
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name, isWriteOnly(shape[name]) ? redacted : value]),
  )
}

/** Hides values wherever they stand in a text or within a value. */
export function hideValues<T>(value: T, secrets: readonly string[]): T {
  const values = secrets.filter((secret) => secret.length >= shortest)
  if (values.length === 0) return value
  const hide = (each: unknown): unknown => {
    if (typeof each === 'string') {
      return values.reduce((text, secret) => text.replaceAll(secret, redacted), each)
    }
    if (Array.isArray(each)) return each.map(hide)
    if (typeof each !== 'object' || each === null) return each
    return Object.fromEntries(Object.entries(each).map(([name, field]) => [name, hide(field)]))
  }
  return hide(value) as T
}

function isWriteOnly(field: unknown): boolean {
  let inner = field as z.ZodType | undefined
  while (inner) {
    if (inner.meta?.()?.writeOnly === true) return true
    inner = (inner._zod.def as { innerType?: z.ZodType }).innerType
  }
  return false
}
