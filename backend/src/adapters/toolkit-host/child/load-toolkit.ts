import type { ToolkitContext } from '@sre-toolbox/sdk'

export type Handler = (input: unknown, context: ToolkitContext) => unknown

/** The operation under which a toolkit's `health` answers. */
const healthOperation = 'health'

/** Imports a toolkit's entry and takes its handlers out, by operation id. Throws what is wrong with it. */
export async function loadToolkit(entry: string): Promise<ReadonlyMap<string, Handler>> {
  const module = (await import(entry)) as { default?: unknown }
  const toolkit = module.default
  if (!isRecord(toolkit) || !isRecord(toolkit.operations)) {
    throw new Error('The server entry must `export default defineToolkit({ operations: { … } })`.')
  }
  const handlers = new Map<string, Handler>()
  for (const [id, operation] of Object.entries(toolkit.operations)) handlers.set(id, handlerOf(id, operation))
  if (toolkit.health !== undefined && !handlers.has(healthOperation)) {
    handlers.set(healthOperation, handlerOf(healthOperation, toolkit.health))
  }
  return handlers
}

function handlerOf(id: string, operation: unknown): Handler {
  if (isRecord(operation) && typeof operation.handler === 'function') return operation.handler as Handler
  throw new Error(`The operation ${id} must be made with defineOperation(async (input, context) => …).`)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
