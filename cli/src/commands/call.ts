import { type OperationDeclaration, operations } from '@sre-toolbox/contract'
import { didYouMean } from '@sre-toolbox/contract/nearest'
import { callToolkit } from '@sre-toolbox/contract/toolkits'
import type { Command } from 'commander'
import { apiCommand, collect, parseInteger } from '../api-options.ts'
import type { Client } from '../client.ts'
import { CommandError, wrongUsage } from '../command-error.ts'
import { connect } from '../connect.ts'
import type { ApiOptions, Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { explainToolkitOperation, helpOfCore, renderOperationHelp } from '../operation-help.ts'
import { type Input, readAssignments, readInput } from '../read-input.ts'
import { renderTable } from '../table.ts'
import {
  listToolkitOperations,
  readToolkitInput,
  splitOperation,
  withNearOperations,
} from '../toolkit-operation.ts'
import { renderValue } from '../value.ts'
import { show } from '../view.ts'

interface Options extends ApiOptions {
  readonly input?: string
  readonly set?: readonly string[]
  readonly list?: boolean
  readonly help?: boolean
  readonly timeout: number
}

export function createCallCommand(context: Context): Command {
  return apiCommand('call', 'Run any operation, of the product or of a toolkit, and print its answer.')
    .argument('[operation-id]', 'such as jobs.list or regex.match; --list shows all')
    .option('--input <json>', 'the input: JSON, @file, or - for standard input')
    .option('--set <key=value>', 'one field of the input; may be repeated', collect)
    .option('--list', 'show every operation there is; with a name, those that hold it')
    .option('--timeout <seconds>', 'how long to wait for the answer', parseInteger, 300)
    .option('-h, --help', 'show this, or with an operation what it does, needs and takes')
    .action(async (id: string | undefined, options: Options, command: Command) => {
      if (options.help) return id === undefined ? command.outputHelp() : explain(context, id, options)
      if (options.timeout < 1) throw wrongUsage('--timeout must be at least 1 second.')
      if (options.list) return list(context, options, id)
      if (id === undefined) throw wrongUsage('Name an operation; `toolbox call --list` shows all.')
      const client = await connect(context, options, options.timeout * 1000)
      const declaration = findCore(id)
      const response = declaration
        ? await client.send(declaration, await readCoreInput(context, declaration, options))
        : await withNearOperations(client, id, () => callToolkitOperation(context, client, id, options))
      await print(context, options, response)
    })
}

function findCore(id: string): OperationDeclaration | undefined {
  const found = operations.find((declaration) => declaration.id === id)
  if (found) return found
  const ids = operations.map((declaration) => declaration.id)
  const [capability] = id.split('.')
  if (!id.includes('.') || ids.some((known) => known.startsWith(`${capability}.`))) {
    const detail = `There is no operation ${id}.${didYouMean(id, ids)} \`toolbox call --list\` shows all.`
    throw new CommandError(
      { code: 'not_found', title: 'There is no such operation', detail },
      exitCodes.notFound,
    )
  }
  return undefined
}

/** What an operation is and takes. Those of the product are known here; of a toolkit's its Toolbox is asked. */
async function explain(context: Context, id: string, options: Options): Promise<void> {
  const declaration = findCore(id)
  if (declaration) {
    const help = helpOfCore(declaration)
    return show(context, options, help, (view) => renderOperationHelp(help, view))
  }
  return explainToolkitOperation(context, id, options)
}

async function readCoreInput(
  context: Context,
  declaration: OperationDeclaration,
  options: Options,
): Promise<Input> {
  const input = await readInput(context, options.input)
  const { shape } = declaration.input
  const assigned = readAssignments(options.set ?? [], (field, value) => {
    const schema = Object.hasOwn(shape, field) ? shape[field] : undefined
    return schema !== undefined && '~standard' in schema && accepts(schema, value)
  })
  const keyed = declaration.status === 202 && 'idempotencyKey' in shape
  return { ...(keyed ? { idempotencyKey: context.newKey() } : {}), ...input, ...assigned }
}

function accepts(schema: unknown, value: string): boolean {
  return (schema as { safeParse(value: unknown): { success: boolean } }).safeParse(value).success
}

async function callToolkitOperation(
  context: Context,
  client: Client,
  id: string,
  options: Options,
): Promise<Response> {
  const { toolkit: slug, operation } = splitOperation(id)
  const input = await readToolkitInput(context, client, id, options)
  return client.send(callToolkit, { slug, operation, input, idempotencyKey: context.newKey() })
}

/** JSON is shown; what is no JSON, such as an export, passes through byte for byte. */
async function print(context: Context, options: Options, response: Response): Promise<void> {
  if (/\bjson$|\bjson;/.test(response.headers.get('content-type') ?? '')) {
    const answer: unknown = await response.json()
    return show(context, options, answer, (view) => renderValue(answer, view))
  }
  for await (const chunk of response.body ?? []) context.stdout.write(chunk)
}

async function list(context: Context, options: Options, name = ''): Promise<void> {
  const client = await connect(context, options)
  const core = operations.map(({ id, title, effect, access }) => ({
    id,
    title,
    effect,
    access,
    mode: 'call',
  }))
  const toolkits = (await listToolkitOperations(client)).map(({ id, title, effect, role, mode }) => ({
    id,
    title,
    effect,
    access: role,
    mode,
  }))
  const rows = [...core, ...toolkits].filter(({ id }) => id.toLowerCase().includes(name.toLowerCase()))
  show(context, options, { items: rows, nextCursor: null }, (view) =>
    renderTable(
      rows,
      [
        { title: 'OPERATION', cell: (row) => row.id },
        { title: 'MODE', cell: (row) => row.mode },
        { title: 'EFFECT', cell: (row) => row.effect },
        { title: 'NEEDS', cell: (row) => row.access },
        { title: 'WHAT', cell: (row) => row.title },
      ],
      view,
    ),
  )
}
