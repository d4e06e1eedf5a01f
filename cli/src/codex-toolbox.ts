import { CodexError } from '@sre-toolbox/codex'
import type { ConnectedToolbox } from '@sre-toolbox/codex/cli'
import { operations } from '@sre-toolbox/contract'
import { me } from '@sre-toolbox/contract/identity'
import { declare } from '@sre-toolbox/contract/operation'
import { callToolkit } from '@sre-toolbox/contract/toolkits'
import { z } from 'zod'
import type { Client } from './client.ts'
import { CommandError } from './command-error.ts'
import { bearer, clientFor, connect, findTarget } from './connect.ts'
import type { Context } from './context.ts'
import { ask } from './sign-in/prompt.ts'
import { splitOperation } from './toolkit-operation.ts'

const callMs = 120_000
const seekMs = 1500

/** Not one of the product's operations, but where it says which ones there are. */
const openApi = declare({
  id: 'openapi.json',
  title: 'What is offered',
  method: 'GET',
  path: '/openapi.json',
  access: 'public',
  effect: 'read',
  input: z.strictObject({}),
  output: z.object({
    paths: z.record(z.string(), z.record(z.string(), z.object({ operationId: z.string().optional() }))),
  }),
})

/** Throws CommandError when nobody is signed in there or nothing answers. */
export async function connectToolbox(context: Context, url: string | undefined): Promise<ConnectedToolbox> {
  const client = await connect(context, url === undefined ? {} : { url }, callMs)
  await client.call(me, {})
  return toConnected(client, context.newKey)
}

/** Null where nobody is signed in or nothing answers within a moment. */
export async function seekToolbox(
  context: Context,
  url: string | undefined,
): Promise<ConnectedToolbox | null> {
  try {
    const { url: base, token } = await findTarget(context, url)
    if (!token) return null
    const quiet = { ...context, stderr: silent(context) }
    const clientOf = (patience: number) => clientFor(quiet, base, bearer(token), patience)
    await clientOf(seekMs).call(me, {})
    return toConnected(clientOf(callMs), context.newKey)
  } catch (error) {
    if (error instanceof CommandError) return null
    throw error
  }
}

function toConnected(client: Client, newKey: Context['newKey']): ConnectedToolbox {
  return {
    url: client.url,
    async offers() {
      const { paths } = await client.call(openApi, {})
      const known = new Set(operations.map(({ id }) => id))
      const ids = Object.entries(paths).flatMap(([path, methods]) =>
        Object.values(methods).flatMap(({ operationId = '' }) =>
          known.has(operationId) || toolkitPath.test(path) ? [operationId] : [],
        ),
      )
      return new Set(ids)
    },
    async call(operation, input) {
      const declaration = operations.find(({ id }) => id === operation)
      const answer = declaration
        ? client.call(declaration, { ...input })
        : client.call(callToolkit, { ...ofToolkit(operation), input, idempotencyKey: newKey() })
      return answer.catch((error: unknown) => {
        throw error instanceof CommandError ? verbatim(error) : error
      })
    },
  }
}

/** Rejects with the code `interrupted` when the question is left by Ctrl-C or the end of the input. */
export async function askPerson(context: Context, question: string): Promise<string> {
  try {
    return await ask(context, question)
  } catch (error) {
    throw error instanceof CommandError ? verbatim(error) : error
  }
}

/** Where the reference shows an operation of a toolkit. */
const toolkitPath = /\/toolkits\/[^/{}]+\/operations\/[^/{}]+$/

function ofToolkit(id: string): { slug: string; operation: string } {
  const { toolkit: slug, operation } = splitOperation(id)
  return { slug, operation }
}

/** What the Toolbox said, with what a report needs of it. */
function verbatim({ fault }: CommandError): CodexError {
  const { code, detail, errors = [] } = fault
  const role = (fault as { requiredRole?: unknown }).requiredRole
  const fields = errors.slice(1).map(({ path, message }) => ` ${path}: ${message}`)
  return new CodexError(code, 'user', `${detail}${fields.join('')}`, { requiredRole: role })
}

function silent({ stderr }: Context): Context['stderr'] {
  return Object.create(stderr, { write: { value: () => true } }) as Context['stderr']
}
