import type { Problem } from '@sre-toolbox/contract'
import type { CallInputOf, OperationDeclaration, OutputOf } from '@sre-toolbox/contract/operation'

/** Why a call failed, as the server said it, or `unreachable` when it said nothing. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly errors: readonly { path: string; message: string }[]
  /** What else the refusal brings, such as the present state after a conflict. */
  readonly details: Readonly<Record<string, unknown>>
  constructor(
    status: number,
    code: string,
    message: string,
    errors: ApiError['errors'] = [],
    details: ApiError['details'] = {},
  ) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.errors = errors
    this.details = details
  }
}

/** What the server said of one field of what was sent; goes below that field. */
export function faultAt(error: Error | null, path: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  const message = error.errors.find((fault) => fault.path === path)?.message
  return message && asSentence(message)
}

/** What is wrong with a field, as the server says it after the field's name, by itself. */
export function asSentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`
}

/** What remains to be said of a call that failed, where these fields say their own faults. */
export function faultBeside(error: Error | null, fields: readonly string[]): Error | null {
  const told = error instanceof ApiError && error.errors.length > 0
  return told && error.errors.every(({ path }) => fields.includes(path)) ? null : error
}

export interface CallOptions {
  readonly signal?: AbortSignal
  /** Fails with `not_signed_in` instead of waiting for the person to sign in again. */
  readonly atOnce?: boolean
}

export interface FetchOptions {
  readonly method?: string
  /** Sent as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

export interface Api {
  /** Calls an operation as the contract declares it. Rejects with an `ApiError`. */
  call<D extends OperationDeclaration>(
    declaration: D,
    input: CallInputOf<D>,
    options?: CallOptions,
  ): Promise<OutputOf<D>>
  /** One request to a path below `/api`, for what no declaration here speaks of. Rejects with an `ApiError`. */
  fetch<Answer>(path: string, options?: FetchOptions): Promise<Answer>
}

/** `signInAgain` resolves when the person has signed in again; the call is then made once more. */
export function createApi(send: typeof fetch, signInAgain: () => Promise<void>): Api {
  async function ask(attempt: () => Promise<Response>, atOnce = false): Promise<unknown> {
    let response = await reach(attempt)
    if (response.status === 401 && !atOnce) {
      await signInAgain()
      response = await reach(attempt)
    }
    if (!response.ok) throw await toError(response)
    return response.json()
  }
  return {
    async call(declaration, input, { signal, atOnce } = {}) {
      const request = toRequest(declaration, input as Readonly<Record<string, unknown>>, signal)
      return (await ask(() => send(...request), atOnce)) as OutputOf<typeof declaration>
    },
    async fetch<Answer>(path: string, { method = 'GET', body, headers, signal }: FetchOptions = {}) {
      const init = {
        method,
        headers: {
          ...csrf,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      }
      return (await ask(() => send(`/api${path}`, init))) as Answer
    },
  }
}

/** Pages of other origins can't send it. */
const csrf = { 'x-toolbox-csrf': '1' }

async function reach(attempt: () => Promise<Response>): Promise<Response> {
  try {
    return await attempt()
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError(
      0,
      'unreachable',
      'The server did not answer. Check that it runs and that the network is up.',
    )
  }
}

async function toError(response: Response): Promise<ApiError> {
  try {
    const problem = (await response.json()) as Problem
    return new ApiError(response.status, problem.code, problem.detail, problem.errors, { ...problem })
  } catch {
    return new ApiError(
      response.status,
      'unavailable',
      `Something between here and the server answered ${response.status}. Try again in a moment.`,
    )
  }
}

/**
 * The path takes its parameters from the input, then the headers theirs; the rest is the query or the body,
 * or both where one field is the whole body.
 */
function toRequest(
  { method, path, headers = {}, bodyField }: OperationDeclaration,
  input: Readonly<Record<string, unknown>>,
  signal?: AbortSignal,
): [string, RequestInit] {
  const rest = { ...input }
  const take = (name: string) => {
    const value = rest[name]
    delete rest[name]
    return value
  }
  const filled = path.replace(/[:*]([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(String(take(name))))
  const sent: Record<string, string> = { ...csrf }
  for (const [field, header] of Object.entries(headers)) {
    const value = take(field)
    if (value !== undefined) sent[header] = String(value)
  }
  const init = { method, headers: sent, ...(signal && { signal }) }
  if (method === 'GET') return [`/api${filled}${toQuery(rest)}`, init]
  const body = bodyField === undefined ? rest : take(bodyField)
  const query = bodyField === undefined ? '' : toQuery(rest)
  sent['content-type'] = 'application/json'
  return [`/api${filled}${query}`, { ...init, body: JSON.stringify(body) }]
}

function toQuery(fields: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return query && `?${query}`
}
