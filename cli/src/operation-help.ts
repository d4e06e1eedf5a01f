import type { OperationDeclaration } from '@sre-toolbox/contract'
import { getToolkit } from '@sre-toolbox/contract/toolkits'
import { z } from 'zod'
import { CommandError } from './command-error.ts'
import { connect } from './connect.ts'
import type { ApiOptions, Context } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { exampleCall } from './schema/example.ts'
import { fieldsOf, type JsonSchema } from './schema/fields.ts'
import { printable } from './text.ts'
import { splitOperation, type ToolkitOperation, withNearOperations } from './toolkit-operation.ts'
import { show, type View } from './view.ts'

/** What an operation is, and what it takes. */
export interface OperationHelp {
  readonly id: string
  readonly title: string
  readonly description: string | null
  readonly mode: 'call' | 'job'
  readonly effect: string
  /** Who may: a role, or `public`, `signed-in`, `superuser`, `delegated`. */
  readonly access: string
  /** JSON Schema. */
  readonly input: JsonSchema
  /** A command that gives what is required. */
  readonly example: string
}

export function helpOfCore(declaration: OperationDeclaration): OperationHelp {
  const { id, title, description = null, effect, access } = declaration
  const { $schema: _, ...input } = z.toJSONSchema(declaration.input, { io: 'input', unrepresentable: 'any' })
  const example = exampleCall(id, 'call', input as JsonSchema)
  return { id, title, description, mode: 'call', effect, access, input: input as JsonSchema, example }
}

export function helpOfToolkit(operation: ToolkitOperation): OperationHelp {
  const { id, title, description, effect, mode, role } = operation
  const input = operation.input as JsonSchema
  const example = exampleCall(id, mode, input)
  return { id, title, description: description || null, mode, effect, access: role, input, example }
}

/** Tells what an operation of a toolkit is and takes. */
export async function explainToolkitOperation(
  context: Context,
  id: string,
  options: ApiOptions,
): Promise<void> {
  const { toolkit, operation } = splitOperation(id)
  const client = await connect(context, options)
  const found = await withNearOperations(client, id, async () => {
    const detail = await client.call(getToolkit, { slug: toolkit })
    const known = detail.toolkit.operationList.find((each) => each.operation === operation)
    if (known) return known
    const message = `The toolkit ${toolkit} has no operation ${operation}.`
    throw new CommandError(
      { code: 'not_found', title: 'There is no such operation', detail: message },
      exitCodes.notFound,
    )
  })
  const help = helpOfToolkit(found)
  show(context, options, help, (view) => renderOperationHelp(help, view))
}

export function renderOperationHelp(help: OperationHelp, view: View): string {
  const fields = fieldsOf(help.input)
  const width = Math.max(0, ...fields.map(({ name }) => name.length))
  const lines = fields.flatMap(({ name, type, needed, about }) => [
    `  ${view.style('bold', printable(name).padEnd(width))}  ${[type, needed].filter((each) => each !== '').join(', ')}`,
    ...about.map((text) => `  ${' '.repeat(width)}  ${view.style('dim', printable(text))}`),
  ])
  return [
    `${view.style('bold', help.id)}  ${printable(help.title)}`,
    ...(help.description === null ? [] : ['', printable(help.description)]),
    '',
    `needs   ${needs[help.access] ?? help.access}`,
    `effect  ${help.effect}${help.mode === 'job' ? ', as a job that goes on by itself' : ''}`,
    '',
    ...(lines.length === 0 ? ['It takes no input.'] : ['Input', ...lines]),
    '',
    'Example',
    `  ${help.example}`,
  ].join('\n')
}

const needs: Readonly<Record<string, string>> = {
  public: 'nothing: anybody may',
  'signed-in': 'to be signed in',
  superuser: 'a superuser',
  delegated: 'what the operation needs that it passes on to',
}
