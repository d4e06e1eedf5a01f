import { didYouMean } from '@sre-toolbox/contract/nearest'
import { getToolkit, listToolkits, type ToolkitDetail } from '@sre-toolbox/contract/toolkits'
import type { Client } from './client.ts'
import { CommandError, wrongUsage } from './command-error.ts'
import type { Context } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { type Input, readAssignments, readInput } from './read-input.ts'

export type ToolkitOperation = ToolkitDetail['operationList'][number]

export function splitOperation(name: string): { toolkit: string; operation: string } {
  const at = name.indexOf('.')
  if (at < 1 || at === name.length - 1) {
    throw wrongUsage(
      `"${name}" is not of the form slug.operation, such as latency-sleuth.probe. \`toolbox call --list\` shows all.`,
    )
  }
  return { toolkit: name.slice(0, at), operation: name.slice(at + 1) }
}

/** The input from `--input` with the fields of `--set` laid over it. */
export async function readToolkitInput(
  context: Context,
  client: Client,
  name: string,
  options: { readonly input?: string; readonly set?: readonly string[] },
): Promise<Input> {
  const input = await readInput(context, options.input)
  if (!options.set) return input
  const { toolkit, operation } = splitOperation(name)
  const { toolkit: detail } = await client.call(getToolkit, { slug: toolkit })
  const schema = detail.operationList.find((candidate) => candidate.operation === operation)?.input
  return { ...input, ...readAssignments(options.set, (field) => takesText(schema, field)) }
}

export function takesText(schema: unknown, field: string): boolean {
  const properties = (schema as { properties?: Record<string, { type?: unknown }> } | undefined)?.properties
  return properties?.[field]?.type === 'string'
}

/** Every operation of every toolkit. */
export async function listToolkitOperations(client: Client): Promise<ToolkitOperation[]> {
  const { items } = await client.call(listToolkits, {})
  const details = await Promise.all(items.map(({ slug }) => client.call(getToolkit, { slug })))
  return details.flatMap(({ toolkit }) => toolkit.operationList)
}

/** Runs what names an operation; when there is no such one, says which are near. */
export async function withNearOperations<T>(client: Client, name: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof CommandError) || error.exitCode !== exitCodes.notFound) throw error
    const known = await listToolkitOperations(client).catch(() => [])
    const near = didYouMean(
      name,
      known.map((operation) => operation.id),
    )
    throw new CommandError({ ...error.fault, detail: error.fault.detail + near }, error.exitCode, error)
  }
}
