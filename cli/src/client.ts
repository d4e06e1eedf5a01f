import type { OperationDeclaration, OutputOf, Problem } from '@sre-toolbox/contract'
import type { z } from 'zod'
import { checkInput } from './check-input.ts'
import { refused, unavailable } from './command-error.ts'
import { type HttpRequest, toHttpRequest } from './request.ts'
import { isConnectionReset, retryDelay } from './retry.ts'

export interface Client {
  readonly url: string
  /** Runs a core operation; the answer is what the server sent, unchanged. Throws CommandError. */
  call<D extends OperationDeclaration>(declaration: D, input: z.input<D['input']>): Promise<OutputOf<D>>
  /** The same, with the response itself, for answers that are no JSON or come as a stream. */
  send<D extends OperationDeclaration>(declaration: D, input: z.input<D['input']>): Promise<Response>
  /** Opens a stream of server-sent events, after the event with the given id. */
  stream<D extends OperationDeclaration>(
    declaration: D,
    input: z.input<D['input']>,
    lastEventId: string | null,
    options: { readonly signal: AbortSignal },
  ): Promise<Response>
}

export interface ClientOptions {
  readonly url: string
  /** What proves who calls: `{ authorization }` for a token, `{ cookie }` while signing in. */
  readonly credential: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly sleep: (milliseconds: number) => Promise<unknown>
  readonly random: () => number
  /** Told before a retry, in words for people. */
  readonly notice: (text: string) => void
}

const attempts = 4

export function createClient(options: ClientOptions): Client {
  const { url } = options

  async function send(declaration: OperationDeclaration, input: unknown): Promise<Response> {
    checkInput(declaration, input)
    const fields = input as Record<string, unknown>
    const request = toHttpRequest(declaration, fields)
    const repeatable = isRepeatable(declaration, fields)
    for (let attempt = 1; ; attempt++) {
      const last = attempt === attempts || !repeatable
      const outcome = await exchange(request).catch((error: unknown) => {
        if (last || !isConnectionReset(error)) throw unreachable(url, error, options.timeoutMs)
        return null
      })
      const delay = last ? null : retryDelay(outcome, attempt, options.random)
      if (delay !== null) {
        const cause = outcome ? `${url} asks to wait` : `The connection to ${url} broke`
        options.notice(`${cause}; trying again in ${Math.ceil(delay / 1000)} s.`)
        await outcome?.body?.cancel()
        await options.sleep(delay)
      } else if (outcome) {
        return accepted(outcome, url)
      }
    }
  }

  function exchange(request: HttpRequest): Promise<Response> {
    return fetch(url + request.path, {
      method: request.method,
      headers: { accept: 'application/json, */*;q=0.5', ...options.credential, ...request.headers },
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(options.timeoutMs),
    })
  }

  return {
    url,
    send,
    async call(declaration, input) {
      const response = await send(declaration, input)
      if (!isJson(response)) throw await notAToolbox(response, url)
      return (await response.json()) as OutputOf<typeof declaration>
    },
    async stream(declaration, input, lastEventId, { signal }) {
      const { path } = toHttpRequest(declaration, input as Record<string, unknown>)
      const headers: Record<string, string> = { accept: 'text/event-stream', ...options.credential }
      if (lastEventId !== null) headers['last-event-id'] = lastEventId
      return accepted(await fetch(url + path, { headers, redirect: 'manual', signal }), url)
    },
  }
}

/** Reads, and submits whose key makes the server give the same job again. */
function isRepeatable(declaration: OperationDeclaration, input: Record<string, unknown>): boolean {
  return declaration.method === 'GET' || (declaration.status === 202 && input.idempotencyKey !== undefined)
}

async function accepted(response: Response, url: string): Promise<Response> {
  const type = response.headers.get('content-type') ?? ''
  if (type.includes('application/problem+json')) {
    throw refused((await response.json()) as Problem)
  }
  if (!response.ok) throw await notAToolbox(response, url)
  return response
}

function isJson(response: Response): boolean {
  return /\bapplication\/([\w.-]+\+)?json\b/.test(response.headers.get('content-type') ?? '')
}

async function notAToolbox(response: Response, url: string) {
  await response.body?.cancel()
  const target = response.headers.get('location')
  if (target && response.status < 400) {
    return unavailable(`${url} redirects to ${target}. Use the address it leads to as the Toolbox URL.`)
  }
  const type = response.headers.get('content-type') ?? 'no content type'
  return unavailable(
    `What answers at ${url} is not a Toolbox (HTTP ${response.status}, ${type}). Check TOOLBOX_URL or --url.`,
  )
}

function unreachable(url: string, error: unknown, timeoutMs: number) {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return unavailable(
      `${url} did not answer within ${timeoutMs / 1000} s. Look at its /readyz and its log.`,
      error,
    )
  }
  const cause = ((error as { cause?: unknown } | null)?.cause ?? error) as { code?: string; message?: string }
  const reason = reasons[cause.code ?? ''] ?? cause.message ?? String(cause)
  return unavailable(
    `The Toolbox at ${url} can't be reached: ${reason}. Start it with \`toolbox serve\`, or check TOOLBOX_URL or --url.`,
    error,
  )
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (ECONNREFUSED)',
  ENOTFOUND: 'no such host is known (ENOTFOUND)',
  EAI_AGAIN: "the name can't be looked up right now (EAI_AGAIN)",
  EHOSTUNREACH: 'there is no way to the host (EHOSTUNREACH)',
  ETIMEDOUT: 'the host does not answer (ETIMEDOUT)',
  UND_ERR_CONNECT_TIMEOUT: 'the host does not answer (connect timeout)',
}
