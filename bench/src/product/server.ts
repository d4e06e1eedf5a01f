import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { freePort, type Service, type Stage } from '../stage.ts'

const COMMAND = fileURLToPath(new URL('../../../cli/bin/toolbox.js', import.meta.url))
export const BENCH_TOOLKITS = fileURLToPath(new URL('../../toolkits', import.meta.url))

const START_TIMEOUT_MS = 60_000
const USERNAME = 'admin'

export interface Server {
  port: number
  service: Service
  /** Milliseconds from the start of the process to the first 200 on /readyz. */
  readyAfterMs: number
  password: string
}

/** `toolbox serve` as an operator runs it, embedded, with the benchmark's toolkit. */
export async function startServer(stage: Stage, dataDirectory: string): Promise<Server> {
  const port = await freePort()
  const password = randomBytes(18).toString('base64url')
  const startedAt = performance.now()
  const service = stage.start(
    'toolbox',
    process.execPath,
    [COMMAND, 'serve', '--port', String(port), '--data-dir', dataDirectory],
    {
      env: {
        BOOTSTRAP_ADMIN_USERNAME: USERNAME,
        BOOTSTRAP_ADMIN_PASSWORD: password,
        TOOLBOX_EXTRA_TOOLKITS: BENCH_TOOLKITS,
        // What the operator's shell says about other services must not change what is measured.
        DATABASE_URL: undefined,
        REDIS_URL: undefined,
      },
    },
  )
  await service.ready(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok, START_TIMEOUT_MS, 5)
  return { port, service, readyAfterMs: performance.now() - startedAt, password }
}

export interface Api {
  /** For requests that the load generator makes. */
  headers: Record<string, string>
  /** Rejects unless the answer is a success. */
  get<Body>(path: string): Promise<Body>
  post<Body>(path: string, body: unknown): Promise<Body>
}

/** Signs in as the administrator made at first start and speaks with an API token from then on. */
export async function openApi({ port, password }: Pick<Server, 'port' | 'password'>): Promise<Api> {
  const send = async (method: string, path: string, headers: Record<string, string>, body?: unknown) => {
    const response = await fetch(`http://127.0.0.1:${port}/api${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response
  }

  const login = await send('POST', '/auth/login', {}, { username: USERNAME, password })
  const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const made = await send('POST', '/tokens', { cookie, 'x-toolbox-csrf': '1' }, { name: 'benchmark' })
  const { token } = (await made.json()) as { token: string }
  const headers = { authorization: `Bearer ${token}` }

  return {
    headers,
    get: async <Body>(path: string) => (await (await send('GET', path, headers)).json()) as Body,
    post: async <Body>(path: string, body: unknown) =>
      (await (await send('POST', path, headers, body)).json()) as Body,
  }
}
