export interface Answer<Body = unknown> {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The text as JSON; undefined when it is none. */
  readonly body: Body
}

export interface Asked {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

export interface Api {
  /** One request; answers when the head is here, for what streams. */
  open(method: string, path: string, asked?: Asked): Promise<Response>
  /** One request to a path such as `/api/jobs`; answers whatever the status is. Rejects when no answer came. */
  call<Body = unknown>(method: string, path: string, asked?: Asked): Promise<Answer<Body>>
  /** The body of a success; rejects with the problem otherwise. */
  ask<Body = unknown>(method: string, path: string, asked?: Asked): Promise<Body>
  /** The same product with these headers in place of the present ones. */
  as(headers: Readonly<Record<string, string>>): Api
}

/** Speaks with a running product. `address` is asked for with every request: a restart may change it. */
export function createApi(address: () => string, always: Readonly<Record<string, string>> = {}): Api {
  function open(method: string, path: string, { body, headers, signal }: Asked = {}): Promise<Response> {
    return fetch(`${address()}${path}`, {
      method,
      headers: {
        ...always,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    })
  }

  async function call<Body>(method: string, path: string, asked?: Asked): Promise<Answer<Body>> {
    const response = await open(method, path, asked)
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, body: parse(text) as Body }
  }

  return {
    open,
    call,
    async ask<Body>(method: string, path: string, asked?: Asked) {
      const { status, text, body } = await call<Body>(method, path, asked)
      if (status < 300) return body
      throw new Error(`${method} ${path} answered ${status}: ${text}`)
    },
    as: (headers) => createApi(address, headers),
  }
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** A session's cookie with what a page of ours sends beside it. */
export const cookie = (session: string) => ({ cookie: session, 'x-toolbox-csrf': '1' })

/** Signs in and answers the cookie. Many failures lock out: once a test is enough. */
export async function signIn(api: Api, username: string, password: string): Promise<string> {
  const { status, headers, text } = await api.call('POST', '/api/auth/login', {
    body: { username, password },
  })
  const [session] = headers.getSetCookie()
  if (status !== 200 || !session) throw new Error(`signing in as ${username} answered ${status}: ${text}`)
  return session.split(';', 1)[0] as string
}

/** Makes an API token as whoever asks. */
export async function makeToken(
  api: Api,
  scope: { operations?: readonly string[]; persona?: string } = {},
): Promise<string> {
  const { token } = await api.ask<{ token: string }>('POST', '/api/tokens', {
    body: { name: 'test', ...scope },
  })
  return token
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
